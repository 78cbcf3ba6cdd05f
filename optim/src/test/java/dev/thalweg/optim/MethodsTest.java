package dev.thalweg.optim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.optim.rule.Card;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MethodsTest {
  @Test
  void theNamesOfEveryLineAreThoseOfItsCard() {
    for (String line : Methods.lines()) {
      List<String> words = List.of(line.split(" "));
      Card card = Card.of(Methods.rule(words.getFirst()).card());
      var names = new ArrayList<String>();
      names.add(card.name());
      names.addAll(card.aliases());
      card.calls().forEach(call -> names.add(call.library().prefix() + call.name()));
      assertThat(words.subList(1, words.size())).as(line).isEqualTo(names);
    }
  }

  @Test
  void everyNameMeansOneMethod() {
    List<String> names =
        Methods.lines().stream()
            .flatMap(line -> List.of(line.split(" ")).stream().skip(1))
            .toList();
    assertThat(names).doesNotHaveDuplicates();
    for (String name : names) {
      Method method = Methods.named(name).orElseThrow();
      assertThat(name.equals(method.name()) || method.aliases().contains(name)).as(name).isTrue();
    }
  }
}
