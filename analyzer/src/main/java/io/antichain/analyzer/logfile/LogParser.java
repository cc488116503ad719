package io.antichain.analyzer.logfile;

import java.util.List;

/** Reads executions from the text of a log file. */
public interface LogParser {
    /**
     * Reads the executions of one file, in time linear in its length.
     *
     * @param name what to call an execution that has no label
     * @param file the file's name, for the places of events and skipped lines
     * @param text the file's text, with {@code \n} at the ends of lines
     * @throws UnreadableLogException if the expression is too costly, or two hosts cannot be told apart
     */
    List<LoggedExecution> parse(String name, String file, String text);
}
