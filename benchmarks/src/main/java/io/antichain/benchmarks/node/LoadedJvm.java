package io.antichain.benchmarks.node;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A {@link LoadedProgram} in a JVM of its own, so that its processor time can be told from that of clients and broker. */
final class LoadedJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private LoadedJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** @param arguments of {@link LoadedProgram} */
    static LoadedJvm start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseParallelGC", // all programs get the same
                "-XX:-UseDynamicNumberOfCompilerThreads", // one that ends would take its count with it
                "-cp",
                System.getProperty("java.class.path"),
                LoadedProgram.class.getName()));
        command.addAll(List.of(arguments));
        return new LoadedJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    /** The next line that the program says, after waiting for it. */
    String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("A measured program has ended: pid=" + process.pid());
        }
        return line;
    }

    void tell(String line) throws IOException {
        input.write(line);
        input.newLine();
        input.flush();
    }

    /** Processor time of all its threads since it began, but for those that compile: on a busy machine they are late for long. */
    long cpuNs() throws IOException {
        return totalCpuNs() - compilerNs();
    }

    long totalCpuNs() {
        return process.info().totalCpuDuration().orElseThrow().toNanos();
    }

    private long compilerNs() throws IOException {
        long ns = 0;
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).contains("Compiler")) {
                    ns += Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ")[0]);
                }
            }
        }
        return ns;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
