package io.antichain.cli;

import java.net.BindException;
import java.util.Optional;

/** Tells a port that another program holds from other failures. */
final class Ports {
    private Ports() {}

    /** The failure for people, if it was that {@code port} is taken. */
    static Optional<RuntimeException> taken(Throwable failure, int port, String flag) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException
                    || cause.getClass().getSimpleName().equals("JavalinBindException")) {
                return Optional.of(taken(port, flag, failure));
            }
        }
        return Optional.empty();
    }

    static CommandFailure taken(int port, String flag, Throwable cause) {
        return new CommandFailure(
                ExitCode.CANNOT_CONNECT,
                "A port must be free: port=" + port
                        + " is taken; stop the program that listens there, or choose another" + " with " + flag,
                cause);
    }
}
