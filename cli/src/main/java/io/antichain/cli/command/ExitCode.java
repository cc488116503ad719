package io.antichain.cli.command;

/** The exit codes of every command. */
final class ExitCode {
    /** All done. */
    static final int DONE = 0;
    /** A check found a difference. */
    static final int DIFFERENCE = 1;
    /** The command was used wrongly. */
    static final int USAGE = 2;
    /** A broker, registry, node or analyzer does not answer; or this process was fenced by another of its name. */
    static final int CANNOT_CONNECT = 3;
    /** A file or log holds what cannot be read. */
    static final int BAD_INPUT = 4;
    /** A fault of our own, with a stack trace: none of the above (EX_SOFTWARE of sysexits.h). */
    static final int FAULT = 70;

    /** Nobody reads stdout any more: 128 + SIGPIPE, as of any program that is ended by that signal. */
    static final int CLOSED_PIPE = 141;

    private ExitCode() {}
}
