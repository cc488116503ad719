package io.antichain.analyzer;

import io.antichain.analyzer.settings.AnalyzerLimits;
import io.antichain.analyzer.settings.AnalyzerSettings;
import io.antichain.schemas.Scope;
import io.antichain.schemas.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An analyzer in a JVM of its own, which can be killed. */
public final class AnalyzerProcess implements AutoCloseable {
    private final Process process;

    private AnalyzerProcess(Process process) {
        this.process = process;
    }

    /** Started by {@link #start}; ends when it is killed, or the stream fails. */
    public static void main(String[] arguments) throws Exception {
        Map<String, Object> client =
                Map.of("bootstrap.servers", arguments[0], "schema.registry.url", arguments[1], "num.stream.threads", 1);
        AnalyzerSettings settings = AnalyzerSettings.defaults(new Topics(arguments[2]), client, Path.of(arguments[5]))
                .withPort(0)
                .withScope(Scope.valueOf(arguments[3]))
                .withInstance(arguments[4], Path.of(arguments[5]));
        if (arguments.length > 7) {
            settings = settings.withSources(List.of(), List.of(arguments[7].split(",")));
        }
        AnalyzerLimits limits = settings.limits();
        // So small that stored frontiers play their part in a short test.
        Analyzer analyzer = Analyzer.start(settings.withLimits(new AnalyzerLimits(
                limits.engine(), limits.maxClockWidth(), Long.parseLong(arguments[6]), 500, limits.reader())));
        Runtime.getRuntime().addShutdownHook(new Thread(analyzer::close));
        System.err.println("analyzer failed: " + analyzer.failed().get());
        Runtime.getRuntime().halt(1);
    }

    /** Starts it; what it prints goes to the end of {@code log}. */
    public static AnalyzerProcess start(AnalyzerSettings settings, Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                AnalyzerProcess.class.getName(),
                settings.client().get("bootstrap.servers").toString(),
                settings.client().get("schema.registry.url").toString(),
                settings.topics().prefix(),
                settings.scope().name(),
                settings.instanceId(),
                settings.stateDirectory().toString(),
                Long.toString(settings.limits().unknownIdGraceMs())));
        if (!settings.stampedTopics().isEmpty()) {
            command.add(String.join(",", settings.stampedTopics()));
        }
        return new AnalyzerProcess(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
    }

    /** Whether it has not ended. */
    public boolean runs() {
        return process.isAlive();
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As SIGTERM does. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            kill();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
