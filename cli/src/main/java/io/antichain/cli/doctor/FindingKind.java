package io.antichain.cli.doctor;

/** What a finding says. docs/commands.md has the meaning of each. */
public enum FindingKind {
    TOPIC_MISSING(true),
    NO_STAMPS(true),
    UNSTAMPED(true),
    UNREADABLE(true),
    IMPOSSIBLE_STAMP(true),
    CLOCK_TOO_WIDE(true),
    READS_NOTHING(true),
    STAMP_REPEATED(true),
    COMPACTED(true),
    RETENTION_TOO_SHORT(true),
    WINDOW_CUT(true),
    LOG_TIME_FALLS(true),
    CREATE_TIME(false),
    TOPIC_EMPTY(false),
    UNSTAMPED_BEFORE(false),
    CLOCK_WIDE(false),
    TEXT_HEADERS(false),
    SETTINGS_UNKNOWN(false);

    private final boolean matters;

    FindingKind(boolean matters) {
        this.matters = matters;
    }

    /** Whether conflicts are missed or made up until it is put right; else it is good to know. */
    public boolean matters() {
        return matters;
    }
}
