package io.antichain.analyzer.logfile;

/** The formats of log files. */
public enum LogFormat {
    /** Text that a regular expression describes: {@link ShivizParser}. */
    SHIVIZ,
    /** One JSON object a line: {@link NdjsonParser}. */
    NDJSON;

    /** NDJSON if the first line that is not blank is a JSON object with a clock, else SHIVIZ. */
    public static LogFormat guessed(String text) {
        return NdjsonParser.begins(text) ? NDJSON : SHIVIZ;
    }
}
