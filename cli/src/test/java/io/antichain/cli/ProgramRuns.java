package io.antichain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs the program in a JVM of its own, without a terminal; what is said is that of the last run alone. */
final class ProgramRuns {
    private String out = "";
    private String err = "";

    /** The command line of the program. */
    static List<String> program(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add("io.antichain.cli.Antichain");
        command.addAll(List.of(arguments));
        return command;
    }

    /** Its exit code. */
    int run(Map<String, String> environment, String... arguments) throws Exception {
        return start(environment, program(arguments), "");
    }

    /** The exit code of any command. */
    int start(Map<String, String> environment, List<String> command, String input) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        Process process = builder.start();
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> {
            try {
                return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return e.toString();
            }
        });
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            assertThat(input).isEmpty();
        }
        out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        err = errors.join();
        return process.waitFor();
    }

    String out() {
        return out;
    }

    String err() {
        return err;
    }
}
