package io.antichain.stamping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wrapped clients do with older clients what they do with the newest, though they are compiled once. */
@Timeout(600)
class OlderClientsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"3.6.2", "3.9.1"})
    void theTestsOfWrappedClientsPassWith(String version) throws Exception {
        File jar = new File("target/older-clients/kafka-clients-" + version + ".jar");
        assertThat(jar).exists();
        String classPath = Stream.concat(
                        Stream.of(jar.getAbsolutePath()),
                        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(element -> !new File(element).getName().startsWith("kafka-clients-")))
                .collect(Collectors.joining(File.pathSeparator));
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classPath,
                        EachTest.class.getName(),
                        StampingProducerTest.class.getName(),
                        DeliveringConsumerTest.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        assertThat(Files.readString(output))
                .contains("clients " + version + ": ")
                .contains(" passed");
        assertThat(exit).isZero();
    }
}
