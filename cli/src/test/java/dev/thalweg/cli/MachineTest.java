package dev.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.cli.Machine.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

  @TempDir Path root;

  @Test
  void aMachineWithoutProcAndSysIsUnknown() {
    assertThat(Machine.look(root, "amd64")).isEqualTo(new Machine("", null, List.of()));
  }

  @Test
  void linuxTellsNameFlagsAndCaches() throws IOException {
    write("proc/cpuinfo", "processor\t: 0\nmodel name\t: A CPU: fast\nflags\t\t: sse avx2 fma\n");
    cache(0, 1, "Data", "48K");
    cache(1, 1, "Instruction", "32K");
    cache(2, 3, "Unified", "2M");
    assertThat(Machine.look(root, "amd64"))
        .isEqualTo(
            new Machine(
                "A CPU: fast",
                true,
                List.of(
                    new Cache(1, "data", 48 << 10),
                    new Cache(1, "instruction", 32 << 10),
                    new Cache(3, "unified", 2 << 20))));
  }

  @Test
  void aProcessorWithoutTheFlagHasNoFusedMultiplyAddAndTheDoctorSaysWhatToDo() throws IOException {
    write("proc/cpuinfo", "model name\t: Old\nflags\t\t: sse fma4 avx\n");
    var machine = Machine.look(root, "amd64");
    assertThat(machine.fma()).isFalse();
    var jdk = new Jdk("25.0.3+9-LTS", "someone", "/jdk", false, true, 1, 1);
    assertThat(DoctorCommand.missing(jdk, machine, ""))
        .singleElement()
        .asString()
        .contains("no fused multiply-add");
  }

  @Test
  void aJvmThatDoesNotUseTheProcessorsFusedMultiplyAddSaysSo() throws IOException {
    write("proc/cpuinfo", "model name\t: New\nflags\t\t: sse fma avx\n");
    var jdk = new Jdk("25.0.3+9-LTS", "someone", "/jdk", false, false, 1, 1);
    assertThat(jdk.withoutFma()).isPresent();
    assertThat(DoctorCommand.missing(jdk, Machine.look(root, "amd64"), ""))
        .containsExactly(jdk.withoutFma().orElseThrow());
  }

  @Test
  void everyArmProcessorHasFusedMultiplyAdd() {
    assertThat(Machine.look(root, "aarch64").fma()).isTrue();
  }

  private void cache(int index, int level, String type, String size) throws IOException {
    var folder = "sys/devices/system/cpu/cpu0/cache/index" + index + "/";
    write(folder + "level", level + "\n");
    write(folder + "type", type + "\n");
    write(folder + "size", size + "\n");
  }

  private void write(String file, String text) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
