package io.antichain.cli.kafka;

/** A Kafka cluster does not give what is asked of it: the message says what happened, in a sentence without its full stop. */
public final class ClusterException extends RuntimeException {
    /** What happened. */
    public enum Kind {
        /** No broker answered. */
        UNREACHABLE,
        /** A broker refused the login, the certificate or a right, or its address is wrong; the message says what to correct. */
        REFUSED,
        /** An open transaction holds a topic. */
        LOG_HELD,
        /** A topic does not exist. */
        TOPIC_MISSING,
        /** The broker refused to create a topic. */
        TOPIC_REFUSED,
        /** Records of a topic cannot be decoded. */
        UNDECODABLE,
        /** Topics hold more than may be read. */
        TOO_LARGE,
        /** The configured deserializer is not on the class path. */
        DESERIALIZER_MISSING,
        /** The analyzer made no progress for as long as it may take. */
        ANALYZER_STALLED
    }

    private final Kind kind;

    ClusterException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    ClusterException(Kind kind, String message) {
        this(kind, message, null);
    }

    /** The class of the failure. */
    public Kind kind() {
        return kind;
    }
}
