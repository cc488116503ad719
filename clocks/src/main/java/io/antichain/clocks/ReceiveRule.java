package io.antichain.clocks;

/**
 * What a process does to its Lamport timestamp when it delivers a message.
 *
 * <p>Lamport's rule IR2(b) (1978) allows both: after delivery the own timestamp is at least the received one, and the next
 * event gets a greater one. The numbers differ, the order they agree with does not.
 *
 * <pre>{@code
 * LamportTimestamp own = new LamportTimestamp(3), received = new LamportTimestamp(7);
 * assert own.deliver(received, ReceiveRule.MERGE).value() == 7 && own.deliver(received, ReceiveRule.TICK).value() == 8;
 * }</pre>
 */
public enum ReceiveRule {
    /** {@code max(own, received)}: delivering a message is not an event of the order. */
    MERGE,
    /** {@code max(own, received) + 1}: the usual textbook's rule, where the receipt itself is counted. */
    TICK
}
