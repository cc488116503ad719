package io.antichain.benchmarks.analyzer;

import io.antichain.schemas.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One program under measurement, in JVMs of its own: started, watched by the offsets it commits, killed. */
final class Measured implements AutoCloseable {
    private static final long STEP_MS = 10;
    private static final long LONGEST_MS = 600_000;

    private final Bench bench;
    private final String group;
    private final List<Process> processes = new ArrayList<>();
    private final List<List<String>> commands = new ArrayList<>();

    private Measured(Bench bench, String group) {
        this.bench = bench;
        this.group = group;
    }

    /**
     * Starts instances of a program.
     *
     * @param arguments of {@link MeasuredProgram} after the addresses, the state folder and the instance's number
     */
    static Measured start(Bench bench, String group, int instances, String... arguments) throws IOException {
        return start(bench, group, instances, List.of(), List.of(arguments));
    }

    /** As {@link #start(Bench, String, int, String...)}, with further options for the JVM. */
    static Measured start(Bench bench, String group, int instances, List<String> options, List<String> arguments)
            throws IOException {
        Measured measured = new Measured(bench, group);
        for (int instance = 1; instance <= instances; instance++) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-XX:+UseParallelGC")); // as docker-compose.yml has it; both programs get the same
            command.addAll(options);
            command.addAll(List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    MeasuredProgram.class.getName(),
                    bench.client().get("bootstrap.servers").toString(),
                    bench.client().get("schema.registry.url").toString(),
                    bench.stateFolder().toString(),
                    "" + instance));
            command.addAll(arguments);
            measured.commands.add(command);
            measured.processes.add(start(command));
        }
        return measured;
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** When the first instance says that it is ready, by {@link System#nanoTime}; fails if it ends before. */
    CompletableFuture<Long> readyNs() {
        BufferedReader output = processes.get(0).inputReader(StandardCharsets.UTF_8);
        return CompletableFuture.supplyAsync(() -> {
            try {
                if (output.readLine() == null) {
                    throw new IllegalStateException("A measured program has ended before it was ready");
                }
                return System.nanoTime();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Ends all instances in order. */
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            process.waitFor();
        }
    }

    /** Ends the first instance, as kill -9 does or in order. */
    void end(boolean killed) throws InterruptedException {
        Process process = killed ? processes.get(0).destroyForcibly() : processes.get(0);
        if (!killed) {
            process.destroy();
        }
        process.waitFor();
    }

    /** Starts the first instance again, which has ended, with the state it left. */
    void begin() throws IOException {
        processes.set(0, start(commands.get(0)));
    }

    /**
     * How fast a topic was read.
     *
     * @param perSecond records a second
     * @param cpuMicros processor time a record, of all threads; on a machine that does other things too it says more
     */
    record Rate(double perSecond, double cpuMicros) {}

    /** Measures over the last half of a topic: before, the JVM compiles, and the analyzer's reader reads its history. */
    Rate rate(String topic) throws Exception {
        return rate(topic, bench.ends(topic));
    }

    /** The same of a topic that the program itself writes: over the last half of so many offsets. */
    Rate rate(String topic, long end) throws Exception {
        return rateBetween(topic, end / 2, end);
    }

    /** The same from one offset to another. */
    Rate rateBetween(String topic, long from, long end) throws Exception {
        long first = awaitCommitted(topic, from);
        long startedNanos = System.nanoTime();
        long cpuNanos = cpuNanos();
        awaitCommitted(topic, end);
        double records = end - first;
        return new Rate(records * 1e9 / (System.nanoTime() - startedNanos), (cpuNanos() - cpuNanos) / 1e3 / records);
    }

    private long cpuNanos() {
        return processes.stream()
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElseThrow().toNanos())
                .sum();
    }

    /**
     * What a program did.
     *
     * @param cpuMs processor time of all its threads, ms
     * @param wakeUps how often one of them went on after it had waited
     */
    record Effort(double cpuMs, double wakeUps) {
        Effort since(Effort before) {
            return new Effort(cpuMs - before.cpuMs, wakeUps - before.wakeUps);
        }

        Effort times(double factor) {
            return new Effort(cpuMs * factor, wakeUps * factor);
        }
    }

    /**
     * What all instances did since they began; of threads that are alive, as far as wake-ups go.
     *
     * @throws IllegalStateException if one has ended
     */
    Effort effort() throws IOException {
        long wakeUps = 0;
        for (Process process : processes) {
            if (!process.isAlive()) {
                throw new IllegalStateException("A measured program has ended: exitCode=" + process.exitValue());
            }
            try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
                for (Path thread : threads.toList()) {
                    wakeUps += number(thread.resolve("status"), "voluntary_ctxt_switches:");
                }
            }
        }
        return new Effort(cpuNanos() / 1e6, wakeUps);
    }

    private static long number(Path status, String name) throws IOException {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Waits until so many records, over all partitions, are committed; returns how many are. */
    long awaitCommitted(String topic, long records) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MS);
        long committed = committed(topic);
        while (committed < records) {
            if (System.nanoTime() > deadline || processes.stream().noneMatch(Process::isAlive)) {
                throw new IllegalStateException("A program must read its topic to the end within 10 minutes: group="
                        + group + ", committed=" + committed + ", of=" + records);
            }
            TimeUnit.MILLISECONDS.sleep(STEP_MS);
            committed = committed(topic);
        }
        return committed;
    }

    private long committed(String topic) throws InterruptedException {
        try {
            return bench
                    .admin()
                    .listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(entry -> entry.getKey().topic().equals(topic) && entry.getValue() != null)
                    .mapToLong(entry -> entry.getValue().offset())
                    .sum();
        } catch (ExecutionException e) {
            return 0; // the group is not there yet
        }
    }

    /** Resident memory of the first instance, in MiB. */
    long residentMib() throws IOException {
        return number(Path.of("/proc/" + processes.get(0).pid() + "/status"), "VmRSS:") / 1024;
    }

    /** What is alive in the heap of the first instance, after a full collection, in MiB. */
    long liveMib() throws IOException {
        Process histogram = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jmap").toString(),
                        "-histo:live",
                        "" + processes.get(0).pid())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = histogram.inputReader(StandardCharsets.UTF_8)) {
            String total = lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            "jmap gave no total: pid=" + processes.get(0).pid()));
            return Long.parseLong(total.strip().split(" +")[2]) >> 20;
        }
    }

    static String group(Topics topics, String scope) {
        return topics.prefix() + "analyzer-" + scope;
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }
}
