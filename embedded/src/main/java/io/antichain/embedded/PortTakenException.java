package io.antichain.embedded;

/** A TCP port on 127.0.0.1 that another program already listens on. It is thrown before anything is started or written. */
public final class PortTakenException extends StartFailedException {

    private final int port;

    PortTakenException(int port, Throwable cause) {
        super(
                "The port must be free on 127.0.0.1: port=" + port
                        + ". Stop the program that listens there, or choose another port (0 takes any free one).",
                cause);
        this.port = port;
    }

    /** The taken port, 1 to 65535. */
    public int port() {
        return port;
    }
}
