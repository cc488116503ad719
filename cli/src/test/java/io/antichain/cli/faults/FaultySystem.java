package io.antichain.cli.faults;

import io.antichain.cli.kafka.Cluster;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A broker behind a proxy, a registry, nodes and an analyzer, each node, the broker and the analyzer in a program of its own. */
final class FaultySystem implements AutoCloseable {
    private final FaultyBroker broker;
    private final Cluster cluster;
    private final List<ProgramLives> slots;
    private final ProgramLives analyzer;

    FaultySystem(Path folder, int nodes) {
        this.broker = new FaultyBroker(folder);
        this.cluster = broker.cluster(Topics.DEFAULT_PREFIX, 1);
        List<String> options = ProgramLives.archivedBy(node("pattern", folder.resolve("pattern.0.journal")), folder);
        this.slots = IntStream.rangeClosed(1, nodes)
                .mapToObj(number -> "node-" + number)
                .map(name -> new ProgramLives(
                        name, options, life -> node(name, folder.resolve(name + "." + life + ".journal")), folder))
                .toList();
        slots.forEach(ProgramLives::start);
        List<String> arguments = new ArrayList<>(List.of("analyzer"));
        arguments.addAll(broker.flags());
        arguments.addAll(List.of("--state-dir", folder.resolve("analyzer").toString()));
        this.analyzer = new ProgramLives("analyzer", List.of(), life -> arguments, folder);
        analyzer.start();
    }

    private List<String> node(String name, Path journal) {
        List<String> arguments = new ArrayList<>(List.of("node", "--process", name, "--journal", journal.toString()));
        arguments.addAll(broker.flags());
        return arguments;
    }

    Cluster cluster() {
        return cluster;
    }

    List<ProgramLives> slots() {
        return slots;
    }

    FaultyBroker broker() {
        return broker;
    }

    /** Starts the analyzer where it does not run: it ends where the broker is away for too long. */
    void keepAnalyzer() {
        if (!analyzer.current().program().isAlive()) {
            analyzer.start();
        }
    }

    int analyzerStarts() {
        return analyzer.lives().size();
    }

    /** Every node delivers everything, then leaves. */
    void leave() {
        for (ProgramLives slot : slots) {
            slot.current().sync();
        }
        for (ProgramLives slot : slots) {
            slot.current().program().terminate();
        }
        for (ProgramLives slot : slots) {
            slot.current().program().endsWithin(10_000);
        }
    }

    @Override
    public void close() {
        slots.forEach(ProgramLives::killAll);
        analyzer.killAll();
        broker.close();
    }
}
