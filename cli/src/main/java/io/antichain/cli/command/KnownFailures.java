package io.antichain.cli.command;

import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.cli.analyzer.AnalyzerClientException;
import io.antichain.cli.demo.DemoFolderException;
import io.antichain.cli.kafka.ClusterException;
import io.antichain.cli.scenario.NodeClientException;
import io.antichain.cli.scenario.ScenarioException;
import io.antichain.cli.scenario.Scenarios;
import io.antichain.embedded.PortTakenException;
import io.antichain.embedded.StartFailedException;
import io.antichain.http.PemFileException;
import io.antichain.node.request.NodeStartException;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.kafka.KafkaRefusal;
import io.antichain.schemas.registry.RegistryUnavailableException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The one place that turns what went wrong into a sentence on stderr and an exit code. The parts below say what happened; what
 * to do is added here, where the flags are known. A stack trace is for faults of our own.
 */
final class KnownFailures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String NAME_AUTHORITY =
            "name the authority of its certificate with --tls-ca, or correct the address";
    private static final String NAME_TOKEN = "name the file of the token with --token-file";

    private final IParameterExceptionHandler usage;

    KnownFailures(IParameterExceptionHandler usage) {
        this.usage = usage;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) throws Exception {
        usage.handleParseException(withVariable(e, arguments), arguments);
        return ExitCode.USAGE;
    }

    /** Names the environment variable that a refused value was taken from. */
    private static ParameterException withVariable(ParameterException e, String[] arguments) {
        boolean given = e.getArgSpec() instanceof OptionSpec option
                && Stream.of(arguments).anyMatch(argument -> Stream.of(option.names())
                        .anyMatch(name -> argument.equals(name) || argument.startsWith(name + "=")));
        String variable =
                given || !(e.getCommandLine().getDefaultValueProvider() instanceof EnvironmentDefaults defaults)
                        ? ""
                        : defaults.named(e.getArgSpec());
        return variable.isEmpty()
                ? e
                : new ParameterException(
                        e.getCommandLine(), e.getMessage() + variable, e, e.getArgSpec(), e.getValue());
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult arguments) {
        CommandFailure known = known(failure);
        if (Shutdown.isUnderWay()) {
            return ExitCode.FAULT; // that of the signal counts
        }
        if (known == null) {
            failure.printStackTrace(commandLine.getErr());
            return ExitCode.FAULT;
        }
        commandLine.getErr().println("antichain: " + known.getMessage());
        LoggerFactory.getLogger(KnownFailures.class).debug("A command failed", failure);
        return known.exitCode();
    }

    private static CommandFailure known(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            CommandFailure known = translated(cause);
            if (known != null) {
                return known;
            }
        }
        return null;
    }

    /** The failure as a user is told of it; null if it is none that is known. */
    private static CommandFailure translated(Throwable failure) {
        if (failure instanceof CommandFailure known) {
            return known;
        }
        if (failure instanceof ClusterException cluster) {
            return ofCluster(cluster);
        }
        if (failure instanceof AnalyzerClientException analyzer) {
            return ofAnalyzer(analyzer);
        }
        if (failure instanceof NodeClientException node) {
            return ofNode(node);
        }
        if (failure instanceof ScenarioException scenario) {
            return ofScenario(scenario);
        }
        if (failure instanceof PemFileException) {
            return known(ExitCode.BAD_INPUT, failure);
        }
        if (failure instanceof DemoFolderException) {
            return known(ExitCode.USAGE, failure, "name a folder that can be written with --data");
        }
        if (failure instanceof StartRefusedException refused) {
            return switch (refused.reason()) {
                case UNREACHABLE -> known(ExitCode.CANNOT_CONNECT, refused);
                case MISUSE -> known(ExitCode.USAGE, refused);
            };
        }
        if (failure instanceof NodeStartException start) {
            return known(NodeCommand.exitCode(start.kind()), start);
        }
        if (failure instanceof ConfigException) {
            return new CommandFailure(
                    ExitCode.USAGE,
                    "A client setting is invalid: " + failure.getMessage()
                            + "; correct it in the --command-config file or with --command-property",
                    failure);
        }
        Optional<String> refusal = KafkaRefusal.sentence(failure, Map.of());
        if (refusal.isPresent()) {
            return new CommandFailure(ExitCode.CANNOT_CONNECT, refusal.get(), failure);
        }
        return cannotConnect(failure) ? known(ExitCode.CANNOT_CONNECT, failure) : null;
    }

    private static CommandFailure ofCluster(ClusterException e) {
        return switch (e.kind()) {
            case UNREACHABLE -> known(ExitCode.CANNOT_CONNECT, e, "start one, or name another with --bootstrap-server");
            case REFUSED -> known(ExitCode.CANNOT_CONNECT, e);
            case LOG_HELD -> known(ExitCode.BAD_INPUT, e);
            case TOPIC_MISSING ->
                known(ExitCode.USAGE, e, "create it ('antichain init' creates those of a prefix), or name another");
            case TOPIC_REFUSED -> known(ExitCode.USAGE, e, "run 'antichain init' with other flags");
            case TOO_LARGE -> known(ExitCode.BAD_INPUT, e, "name fewer topics, or raise --max-file-mib and the heap");
            case UNDECODABLE ->
                known(ExitCode.BAD_INPUT, e, "name the registry that they were written with in --schema-registry-url");
            case DESERIALIZER_MISSING -> known(ExitCode.USAGE, e, "add its jar to the class path");
            case ANALYZER_STALLED ->
                known(ExitCode.CANNOT_CONNECT, e, "start it with 'antichain analyzer', or raise --timeout");
        };
    }

    private static CommandFailure ofAnalyzer(AnalyzerClientException e) {
        return switch (e.kind()) {
            case BAD_ADDRESS -> known(ExitCode.USAGE, e, "write it as in http://localhost:8080");
            case UNREACHABLE ->
                known(
                        ExitCode.CANNOT_CONNECT,
                        e,
                        "start one with 'antichain analyzer', or name another with --analyzer");
            case UNTRUSTED -> known(ExitCode.CANNOT_CONNECT, e, NAME_AUTHORITY);
            case TOKEN_REFUSED -> known(ExitCode.CANNOT_CONNECT, e, NAME_TOKEN);
            case NOT_AN_ANALYZER ->
                known(ExitCode.CANNOT_CONNECT, e, "name the address of an analyzer with --analyzer");
            case REFUSED -> known(ExitCode.CANNOT_CONNECT, e, "look at the analyzer's log");
            case NOT_FOUND -> known(ExitCode.BAD_INPUT, e);
        };
    }

    private static CommandFailure ofNode(NodeClientException e) {
        return switch (e.kind()) {
            case BAD_ADDRESS -> known(ExitCode.USAGE, e, "write it as in http://localhost:8888");
            case UNREACHABLE ->
                known(ExitCode.CANNOT_CONNECT, e, "start it with 'antichain node', or name others with --nodes");
            case UNTRUSTED -> known(ExitCode.CANNOT_CONNECT, e, NAME_AUTHORITY);
            case TOKEN_REFUSED -> known(ExitCode.CANNOT_CONNECT, e, NAME_TOKEN);
            case NOT_A_NODE -> known(ExitCode.CANNOT_CONNECT, e, "name the addresses of nodes with --nodes");
            case REFUSED, STALLED -> known(ExitCode.CANNOT_CONNECT, e, "look at the node's log");
        };
    }

    private static CommandFailure ofScenario(ScenarioException e) {
        return switch (e.kind()) {
            case UNKNOWN ->
                known(ExitCode.USAGE, e, "name " + String.join(", ", Scenarios.BUILT_IN) + ", or a file that exists");
            case UNREADABLE -> known(ExitCode.BAD_INPUT, e, "check its permissions and encoding");
            case MALFORMED -> known(ExitCode.BAD_INPUT, e, "correct the file");
            case SENDS_NOTHING -> known(ExitCode.BAD_INPUT, e, "add a turns or a burst step");
            case TOO_FEW_NODES -> known(ExitCode.USAGE, e, "name more nodes with --nodes");
        };
    }

    private static CommandFailure known(int exitCode, Throwable failure, String advice) {
        return new CommandFailure(exitCode, failure.getMessage() + "; " + advice, failure);
    }

    private static CommandFailure known(int exitCode, Throwable failure) {
        return new CommandFailure(exitCode, failure.getMessage(), failure);
    }

    private static boolean cannotConnect(Throwable failure) {
        return failure instanceof PortTakenException
                || failure instanceof StartFailedException
                || failure instanceof RegistryUnavailableException
                || failure instanceof TimeoutException
                || (failure instanceof DecodingException decoding
                        && decoding.failure() == DecodingException.Failure.REGISTRY_UNAVAILABLE)
                || (failure.getClass() == KafkaException.class && failure.getCause() == null);
    }
}
