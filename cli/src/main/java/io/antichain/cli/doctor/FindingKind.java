package io.antichain.cli.doctor;

/** What a finding says. docs/commands.md has the meaning of each. */
public enum FindingKind {
    BROKER_UNREACHABLE(true),
    TRANSACTION_VERSION(true),
    TOPIC_MISSING(true),
    NOT_PERMITTED(true),
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
    NO_LEADER(true),
    IN_SYNC_TOO_FEW(true),
    REPLICATION_LOW(true),
    IN_SYNC_ONE(true),
    NOT_KEPT(true),
    ORDER_PARTITIONS(true),
    RIGHT_MISSING(true),
    REGISTRY_AWAY(true),
    SCHEMA_INCOMPATIBLE(true),
    SCHEMA_MISSING(true),
    REGISTERING_REFUSED(true),
    NO_ANSWER(true),
    CLOCK_BEYOND_WINDOW(true),
    CLOCK_OFF(false),
    FEW_BROKERS(false),
    METADATA_VERSION(false),
    OUT_OF_SYNC(false),
    NO_SPARE_REPLICA(false),
    COMPATIBILITY_NONE(false),
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

    /**
     * Whether conflicts are missed or made up, messages can be lost, or a program cannot work, until it is put right; else it is
     * good to know.
     */
    public boolean matters() {
        return matters;
    }
}
