package io.antichain.cli.doctor;

/** What a login can be for. */
public enum Program {
    /** A node. */
    NODE,
    /** An instance of the analyzer. */
    ANALYZER,
    /** Whoever runs conflicts, explain, verify, doctor and analyze. */
    READER;

    /** Whether it writes to topics. */
    public boolean writes() {
        return this != READER;
    }
}
