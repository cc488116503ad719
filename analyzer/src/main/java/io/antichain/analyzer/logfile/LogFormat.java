package io.antichain.analyzer.logfile;

/** The formats of log files. */
public enum LogFormat {
    /** Text that a regular expression describes: {@link ShivizParser}. */
    SHIVIZ,
    /** JSON: one object a line ({@link NdjsonParser}), or one document. */
    NDJSON
}
