package io.antichain.node.state;

/** Which clocks a node stamps its messages with. */
public enum ClockKind {
    /** A vector clock and a Lamport timestamp. */
    VECTOR,
    /** A Lamport timestamp alone: the messages are outside the order, for it can never show that two are concurrent. */
    LAMPORT
}
