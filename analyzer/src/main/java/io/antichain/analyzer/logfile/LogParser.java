package io.antichain.analyzer.logfile;

import java.util.List;

/** Reads executions from the text of a log file. */
public abstract class LogParser {
    /** Permits parsers of this package alone. */
    LogParser() {}

    /**
     * Finds the entries of one file, by execution, in time linear in its length.
     *
     * @param name what to call an execution that has no label
     * @param file the file's name, for the places of events and skipped lines
     * @param text the file's text, with {@code \n} at the ends of lines
     * @throws UnreadableLogException if the expression is too costly, or two hosts cannot be told apart
     */
    abstract List<LogEntries> entries(String name, String file, String text);

    /**
     * Reads the executions of one file that stands for itself.
     *
     * @see #entries
     * @throws UnreadableLogException if it is not certain what the file says
     */
    public final List<LoggedExecution> parse(String name, String file, String text) {
        return entries(name, file, text).stream().map(LogEntries::execution).toList();
    }
}
