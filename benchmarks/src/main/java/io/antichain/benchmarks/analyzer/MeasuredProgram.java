package io.antichain.benchmarks.analyzer;

import io.antichain.analyzer.Analyzer;
import io.antichain.analyzer.order.EngineLimits;
import io.antichain.analyzer.settings.AnalyzerLimits;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.node.Node;
import io.antichain.node.NodeSettings;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What {@link Measured} starts in a JVM of its own. */
final class MeasuredProgram {
    private static final long LOOK_EVERY_MS = 5;

    /** A process is forgotten after five minutes, so that this happens in a soak, too. */
    private static final AnalyzerLimits FORGETFUL = new AnalyzerLimits(
            new EngineLimits(
                    EngineLimits.DEFAULT.maxProcesses(),
                    EngineLimits.DEFAULT.maxClockJump(),
                    EngineLimits.DEFAULT.window(),
                    60_000,
                    EngineLimits.DEFAULT.windowBytes(),
                    EngineLimits.DEFAULT.keyBytes(),
                    300_000,
                    EngineLimits.DEFAULT.graceMs()),
            AnalyzerLimits.DEFAULT.maxClockWidth(),
            AnalyzerLimits.DEFAULT.unknownIdGraceMs(),
            AnalyzerLimits.DEFAULT.storeEvery(),
            AnalyzerLimits.DEFAULT.reader());

    private MeasuredProgram() {}

    /**
     * Addresses, state folder, instance; then a program and its arguments, such as {@code analyzer PREFIX SCOPE TOPIC}. Says once it
     * is ready.
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> client = Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1]);
        Path state = Path.of(arguments[2]);
        List<String> rest = List.of(arguments).subList(4, arguments.length);
        switch (rest.get(0)) {
            case "analyzer" ->
                start(AnalyzerSettings.defaults(new Topics(rest.get(1)), client, state)
                        .withScope(Scope.valueOf(rest.get(2)))
                        .withInstance(arguments[3], state)
                        .withEventsTopics(List.of(rest.get(3))));
            case "soaked-analyzer" ->
                start(AnalyzerSettings.defaults(new Topics(rest.get(1)), client, state)
                        .withScope(Scope.valueOf(rest.get(2)))
                        .withSources(List.of(), List.of(rest.get(3)))
                        .withLimits(FORGETFUL));
            case "pass-through" ->
                RivalStream.start(
                        client,
                        state,
                        rest.get(1),
                        rest.get(2),
                        rest.get(3),
                        () -> new PassThrough(client, Double.parseDouble(rest.get(4)), Integer.parseInt(rest.get(5))));
            case "node" -> Node.start(NodeSettings.of("measured", client)).awaitReady();
            case "bare-consumer" -> BareConsumer.follow(client, rest.get(1));
            case "store-every-event" ->
                RivalStream.start(
                        client, state, rest.get(1), rest.get(2), rest.get(3), () -> new StoreEveryEvent(client));
            default -> throw new IllegalArgumentException("A program is named: program=" + rest.get(0));
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private static void start(AnalyzerSettings settings) throws InterruptedException {
        Analyzer analyzer = Analyzer.start(settings.withPort(0));
        Runtime.getRuntime().addShutdownHook(new Thread(analyzer::close));
        analyzer.failed().thenAccept(sentence -> Runtime.getRuntime().halt(1));
        while (!analyzer.ready()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        }
    }
}
