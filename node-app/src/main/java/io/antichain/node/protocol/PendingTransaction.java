package io.antichain.node.protocol;

import io.antichain.node.request.Published;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.NodeState;
import io.antichain.schemas.Event;
import java.util.List;

/**
 * A transaction under way. Until it is committed nothing has happened: who drops it has rolled back.
 *
 * @param purpose why it is made
 * @param stamped the requests whose messages are in it, in this order
 * @param after what is known once it is committed
 */
record PendingTransaction(Purpose purpose, List<StampedRequest> stamped, NodeState after) {
    /** Why a transaction is made. */
    enum Purpose {
        JOIN,
        WORK,
        LEAVE
    }

    /**
     * A request whose message is under way.
     *
     * @param publish the first request for it
     * @param message the message with its stamp
     * @param tickets all who wait for it: the first, and its repeats
     */
    record StampedRequest(Publish publish, Event message, List<Long> tickets) {}

    Transaction transaction() {
        return new Transaction(stamped.stream().map(StampedRequest::message).toList(), after.checkpoint());
    }

    /** It failed, or its outcome is not known: refuses whoever waits for it. */
    void refuse(RefusedException refusal, Repeats repeats, List<Effect> effects) {
        for (StampedRequest each : stamped) {
            repeats.failed(each.publish(), each.message());
            each.tickets().forEach(ticket -> effects.add(new Effect.Refuse(ticket, refusal)));
        }
    }

    /** It is committed: answers whoever waits for its messages. */
    void answer(List<Place> places, Repeats repeats, List<Effect> effects) {
        for (int i = 0; i < stamped.size(); i++) {
            StampedRequest each = stamped.get(i);
            Place place = places.get(i);
            Published published = new Published(each.message(), place.partition(), place.offset());
            repeats.committed(each.publish(), published);
            each.tickets().forEach(ticket -> effects.add(new Effect.Answer(ticket, published)));
        }
    }
}
