package io.antichain.cli.command;

import io.antichain.analyzer.export.ControlCharacters;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The program's stdout and stderr: UTF-8 whatever the locale. Characters of the data that
 * command a terminal are shown and never reach one ({@link ControlCharacters}). When nobody reads stdout any more,
 * the program ends as one that gets SIGPIPE does.
 */
final class ProgramOutput extends Writer {
    private final Writer sink;
    private final Runnable closed;
    private final StringBuilder shown = new StringBuilder();

    /**
     * @param sink takes UTF-8
     * @param closed is run when the sink takes nothing any more
     */
    ProgramOutput(OutputStream sink, Runnable closed) {
        this.sink = new OutputStreamWriter(sink, StandardCharsets.UTF_8);
        this.closed = closed;
    }

    static PrintWriter out() {
        return new PrintWriter(
                new ProgramOutput(new FileOutputStream(FileDescriptor.out), () -> System.exit(ExitCode.CLOSED_PIPE)));
    }

    static PrintWriter err() {
        return new PrintWriter(new ProgramOutput(new FileOutputStream(FileDescriptor.err), () -> {}), true);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        shown.setLength(0);
        for (int i = from; i < from + length; i++) {
            append(text[i], i + 1 < from + length ? text[i + 1] : '\0');
        }
        try {
            sink.append(shown);
        } catch (IOException e) {
            closed.run();
            throw e;
        }
    }

    private void append(char c, char next) {
        boolean lineEnd =
                c == '\n' || c == '\r' && next == '\n' && System.lineSeparator().equals("\r\n");
        if (lineEnd) {
            shown.append(c);
        } else {
            ControlCharacters.append(shown, c);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            sink.flush();
        } catch (IOException e) {
            closed.run();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
