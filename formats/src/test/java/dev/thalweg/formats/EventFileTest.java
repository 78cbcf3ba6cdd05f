package dev.thalweg.formats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bytes of events are those that TensorBoard 2.21.0 writes of the same values
/// (`Event(step=…).SerializeToString()`); `tools/tensorboard/check.py` reads whole files by its
/// reader.
class EventFileTest {

  /// The field with the time, which is no value of a test.
  private static final int TIME = 9;

  @TempDir Path folder;

  private static List<String> records(Path file) throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<String> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int length = (int) bytes.getLong();
      bytes.getInt();
      byte[] record = new byte[length];
      bytes.get(record);
      bytes.getInt();
      records.add(HexFormat.of().formatHex(record, TIME, length));
    }
    return records;
  }

  @Test
  void scalarsAndHistogramsHaveTensorBoardsBytes() throws IOException {
    Path file;
    try (var events = EventFile.in(folder)) {
      events.scalar("loss", 300, 0.5).histogram("w", 1, 2, 2, Float.NaN, 2);
      events.histogram("none", 1, Float.NaN);
      file = events.file();
    }
    assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.");
    assertThat(records(file))
        .containsExactly(
            "1a0d" + HexFormat.of().formatHex("brain.Event:2".getBytes(US_ASCII)),
            "10ac022a0d0a0b0a046c6f7373150000003f",
            "10012a480a460a01772a410900000000000000401100000000000000401900000000000008402100000000"
                + "00001840290000000000002840320800000000000000403a080000000000000840");
  }

  @Test
  void bucketsHoldAllNumbersUpToTheMost() throws IOException {
    var values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file;
    try (var events = EventFile.in(folder)) {
      events.histogram("w", 1, values);
      file = events.file();
    }
    var record = HexFormat.of().parseHex(records(file).get(1));
    var counts = ByteBuffer.wrap(record, record.length - 240, 240).order(ByteOrder.LITTLE_ENDIAN);
    double sum = 0;
    for (int i = 0; i < 30; i++) {
      double count = counts.getDouble();
      assertThat(count).isBetween(32.0, 35.0);
      sum += count;
    }
    assertThat(sum).isEqualTo(1000);
  }

  /// The checksum of the length 24 is 0x224b7fa3 in TensorBoard's own code.
  @Test
  void checksumsAreMasked() throws IOException {
    Path file;
    try (var events = EventFile.in(folder)) {
      file = events.file();
    }
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getLong()).isEqualTo(24);
    assertThat(bytes.getInt()).isEqualTo(0x224b7fa3);
  }

  @Test
  void aFolderTakesSeveralFilesAndHyperparametersAreThere() throws IOException {
    try (var one = EventFile.in(folder);
        var two = EventFile.in(folder)) {
      assertThat(one.file()).isNotEqualTo(two.file());
      one.hyperparameters("run", Map.of("lr", 0.5)).flush();
      assertThat(records(one.file()).get(1))
          .contains(HexFormat.of().formatHex("_hparams_/session_start_info".getBytes(US_ASCII)));
    }
  }

  @Test
  void anImageIsAPngOfItsPixels() throws IOException {
    byte[] pixels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, (byte) 255, 16, 17};
    var png = ByteBuffer.wrap(Png.of(3, 2, 3, pixels));
    assertThat(png.getLong()).isEqualTo(0x89504e470d0a1a0aL);
    assertThat(png.getInt()).isEqualTo(13);
    assertThat(png.getInt()).isEqualTo(0x49484452);
    assertThat(png.getInt()).isEqualTo(3);
    assertThat(png.getInt()).isEqualTo(2);
    png.position(33);
    int length = png.getInt();
    byte[] lines =
        new InflaterInputStream(new ByteArrayInputStream(png.array(), png.position() + 4, length))
            .readAllBytes();
    assertThat(lines).hasSize(20).startsWith(0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 9);
    // The last chunk of any such file, with its checksum.
    assertThat(HexFormat.of().formatHex(png.array())).endsWith("0000000049454e44ae426082");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Png.of(3, 2, 3, new byte[17]))
        .withMessage("png: expected 2×3×3 bytes, found 17");
    assertThatIllegalArgumentException().isThrownBy(() -> Png.of(3, 2, 2, new byte[12]));
  }
}
