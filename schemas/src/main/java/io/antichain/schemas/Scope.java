package io.antichain.schemas;

/** Which messages can conflict at all. */
public enum Scope {
    /** Any two messages. */
    ALL("all"),
    /** Only messages with one key. */
    KEY("key");

    private final String written;

    Scope(String written) {
        this.written = written;
    }

    /** The name as flags and record ids have it. */
    public String written() {
        return written;
    }
}
