package io.antichain.cli;

import io.antichain.cli.command.AntichainCommand;

/** The program {@code antichain}. */
public final class Antichain {
    private Antichain() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(AntichainCommand.run(arguments));
    }
}
