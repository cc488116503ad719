package io.antichain.cli;

import io.antichain.analyzer.settings.StartRefusedException;
import io.antichain.embedded.PortTakenException;
import io.antichain.embedded.StartFailedException;
import io.antichain.node.request.NodeStartException;
import io.antichain.schemas.codec.DecodingException;
import io.antichain.schemas.registry.RegistryUnavailableException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one sentence on stderr and an exit code. A stack trace is for faults of our own. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final IParameterExceptionHandler usage;

    Failures(IParameterExceptionHandler usage) {
        this.usage = usage;
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) throws Exception {
        usage.handleParseException(e, arguments);
        return ExitCode.USAGE;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine commandLine, ParseResult arguments) {
        CommandFailure known = known(failure);
        if (known == null) {
            failure.printStackTrace(commandLine.getErr());
            return ExitCode.FAULT;
        }
        commandLine.getErr().println("antichain: " + known.getMessage());
        LoggerFactory.getLogger(Failures.class).debug("A command failed", failure);
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

    private static CommandFailure translated(Throwable failure) {
        if (failure instanceof CommandFailure known) {
            return known;
        }
        if (failure instanceof StartRefusedException refused) {
            return new CommandFailure(
                    switch (refused.reason()) {
                        case UNREACHABLE -> ExitCode.CANNOT_CONNECT;
                        case MISUSE -> ExitCode.USAGE;
                    },
                    refused.getMessage(),
                    refused);
        }
        if (failure instanceof NodeStartException start) {
            return new CommandFailure(NodeCommand.exitCode(start.kind()), start.getMessage(), start);
        }
        if (failure instanceof ConfigException) {
            return new CommandFailure(
                    ExitCode.USAGE, "A client setting must be valid: " + failure.getMessage(), failure);
        }
        if (cannotConnect(failure)) {
            return new CommandFailure(ExitCode.CANNOT_CONNECT, failure.getMessage(), failure);
        }
        return null;
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
