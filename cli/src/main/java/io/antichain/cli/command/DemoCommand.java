package io.antichain.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.antichain.analyzer.export.ConflictJson;
import io.antichain.cli.access.HttpAccess;
import io.antichain.cli.demo.DemoPorts;
import io.antichain.cli.demo.DemoSystem;
import io.antichain.cli.demo.TemporaryFolder;
import io.antichain.cli.kafka.ClusterException;
import io.antichain.cli.kafka.StoredLog;
import io.antichain.cli.kafka.TopicsCheck;
import io.antichain.cli.scenario.NodeClientException;
import io.antichain.cli.scenario.Scenario;
import io.antichain.cli.scenario.ScenarioReport;
import io.antichain.cli.scenario.ScenarioRunner;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.cli.scenario.SentMessage;
import io.antichain.cli.verify.Verification;
import io.antichain.embedded.PortTakenException;
import io.antichain.schemas.Conflict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the whole system in one JVM. */
@Command(
        name = "demo",
        description = "Runs a broker, a registry, four nodes and the analyzer in one JVM, runs a scenario on "
                + "them, and prints the conflicts with the sentences that prove them. Then waits for "
                + "messages of your own, unless --exit is given.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private OutputOption output;

    @Option(
            names = "--scenario",
            paramLabel = "NAME|FILE",
            defaultValue = "partition",
            description = "name of a built-in scenario (sync, async, between-syncs or partition), or a file "
                    + "(default: ${DEFAULT-VALUE})")
    private String scenarioName;

    @Option(
            names = "--messages",
            paramLabel = "N",
            description = "repeat the scenario until N messages are sent (default: run it once)")
    private Integer messages;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "seed for the choice of keys and of who takes which turn (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--exit", description = "exit after the scenario")
    private boolean exit;

    @Option(
            names = "--broker-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "port of Kafka (default: ${DEFAULT-VALUE})")
    private int brokerPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "port of the schema registry (default: ${DEFAULT-VALUE})")
    private int registryPort;

    @Option(
            names = "--first-node-port",
            paramLabel = "PORT",
            defaultValue = "8888",
            description = "port of node-1; the other three follow (default: ${DEFAULT-VALUE})")
    private int firstNodePort;

    @Option(
            names = "--analyzer-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "port of the analyzer (default: ${DEFAULT-VALUE})")
    private int analyzerPort;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "folder that keeps the log, the schemas and the state for the next demo (default: a "
                    + "temporary folder)")
    private Path data;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Scenario scenario = Scenarios.named(scenarioName);
        ScenarioCommand.requirePositive(messages);
        requireFreePorts();
        PrintWriter err = spec.commandLine().getErr();
        err.println("Starting a broker, a registry, four nodes and the analyzer …");
        TemporaryFolder folder = TemporaryFolder.unless(data);
        Shutdown.closeAtShutdown(folder, err);
        DemoSystem system = start(folder);
        err.println("Kafka " + system.cluster().client().get("bootstrap.servers") + ", registry "
                + system.cluster().client().get("schema.registry.url") + ", nodes "
                + String.join(" ", system.nodeUrls()) + ", analyzer " + system.analyzerUrl());
        Integer code = runUnlessAPartFails(scenario, system);
        if (!exit) {
            err.println("Up until you press Ctrl-C. To publish a message of your own:");
            err.println("  curl -X POST " + system.nodeUrls().get(0)
                    + "/messages -H 'Content-Type: application/json' -d '{\"payload\": \"hello\"}'");
            err.println("To see the events and their conflicts, open " + system.analyzerUrl());
            throw new CommandFailure(ExitCode.CANNOT_CONNECT, system.failed().get());
        }
        return code;
    }

    private DemoSystem start(TemporaryFolder folder) {
        try {
            return DemoSystem.start(
                    new DemoPorts(brokerPort, registryPort, firstNodePort, analyzerPort),
                    folder.path(),
                    folder::deleteAfter);
        } catch (PortTakenException e) {
            throw FreePorts.taken(e.port(), e.port() == brokerPort ? "--broker-port" : "--registry-port", e);
        } catch (ClusterException e) {
            throw standsStill(e);
        }
    }

    /** Waits for the scenario and its check, but no longer for a part that has ended. */
    private Integer runUnlessAPartFails(Scenario scenario, DemoSystem system) {
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(
                () -> run(scenario, system), task -> new Thread(task, "antichain-scenario").start());
        CompletableFuture.anyOf(code, system.failed()).join();
        if (!code.isDone()) {
            throw new CommandFailure(ExitCode.CANNOT_CONNECT, system.failed().join());
        }
        return code.join();
    }

    private Integer run(Scenario scenario, DemoSystem system) {
        try {
            return runAndCheck(scenario, system);
        } catch (ClusterException | NodeClientException e) {
            throw standsStill(e);
        }
    }

    /** What the demo runs itself is not for the user to start. */
    private static CommandFailure standsStill(RuntimeException e) {
        return new CommandFailure(
                ExitCode.CANNOT_CONNECT,
                e.getMessage() + "; the demo runs this part itself: see that the machine has memory and processor time"
                        + " to spare, and run the demo again",
                e);
    }

    private Integer runAndCheck(Scenario scenario, DemoSystem system) {
        ScenarioRunner runner =
                new ScenarioRunner(scenario, system.nodeUrls(), HttpAccess.OPEN, seed, DemoSystem.PATIENCE);
        List<SentMessage> sent = messages == null ? runner.run() : runner.run(messages);
        ScenarioReport report = ScenarioReport.of(scenario, sent);
        Verification verification = new TopicsCheck(system.cluster()).run(DemoSystem.PATIENCE);
        List<Conflict> conflicts = new StoredLog(system.cluster()).conflicts();
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            spec.commandLine().getErr().println(ScenarioCommand.text(report));
            conflicts.forEach(conflict -> OutputOption.print(out, ConflictJson.of(conflict)));
            OutputOption.print(
                    out,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("scenario", scenario.name())
                            .put("messages", sent.size())
                            .put("conflictRecords", concurrent(conflicts))
                            .put("concurrentPairs", verification.concurrentPairs())
                            .put("missing", verification.missingPairs())
                            .put("extra", verification.extraPairs()));
        } else {
            print(out, report, new ConflictReport(system.cluster().topics()), conflicts, verification);
        }
        return verification.holds() && report.violation().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERENCE;
    }

    private static void print(
            PrintWriter out,
            ScenarioReport report,
            ConflictReport conflictReport,
            List<Conflict> conflicts,
            Verification verification) {
        out.println(ScenarioCommand.text(report));
        out.println();
        conflicts.stream().limit(SHOWN).map(conflictReport::text).forEach(out::println);
        if (conflicts.size() > SHOWN) {
            out.println("… and " + (conflicts.size() - SHOWN) + " more; see all with: antichain conflicts");
        }
        if (!conflicts.isEmpty()) {
            out.println();
        }
        out.println(concurrent(conflicts) + " conflict records. Checked against the definition: "
                + VerifyCommand.summary(verification));
        out.flush();
    }

    private static long concurrent(List<Conflict> conflicts) {
        return conflicts.stream()
                .filter(conflict -> conflict.status() == Conflict.Status.CONCURRENT)
                .count();
    }

    private void requireFreePorts() {
        FreePorts.requireFree("127.0.0.1", brokerPort, "--broker-port");
        FreePorts.requireFree("127.0.0.1", registryPort, "--registry-port");
        FreePorts.requireFree("127.0.0.1", analyzerPort, "--analyzer-port");
        new DemoPorts(0, 0, firstNodePort, 0)
                .nodes()
                .forEach(port -> FreePorts.requireFree("127.0.0.1", port, "--first-node-port"));
    }
}
