package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.formats.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FiniteTest {

  @Test
  void whatIsNotFiniteIsNullAtAnyDepth() {
    var value = new LinkedHashMap<String, @Nullable Object>();
    value.put("a", Double.NaN);
    value.put("b", List.of(1.5, Double.NEGATIVE_INFINITY, List.of(Float.POSITIVE_INFINITY, 2L)));
    value.put("c", Arrays.asList("NaN", null, true));
    assertThat(Json.write(Finite.of(value)))
        .isEqualTo("{\"a\":null,\"b\":[1.5,null,[null,2]],\"c\":[\"NaN\",null,true]}");
  }
}
