package io.antichain.node.protocol;

import io.antichain.node.request.Published;
import io.antichain.node.request.Refusals;
import io.antichain.node.request.RefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A transaction under way.
 *
 * @param purpose why it is made
 * @param batch what is in it
 * @param stamped the requests whose messages are in it, in the order of its messages
 * @param syncs the syncs that wait for its heartbeats
 * @param everywhere whether its last records are a heartbeat in every partition
 */
record Flight(Purpose purpose, Batch batch, List<Stamped> stamped, List<Order> syncs, boolean everywhere) {
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
     * @param tickets all who wait for it: the first, and its repeats
     */
    record Stamped(Publish publish, List<Long> tickets) {}

    /** It failed, or its outcome is not known: refuses whoever waits for it. */
    void refuse(RefusedException refusal, Repeats repeats, List<Effect> effects) {
        for (int i = 0; i < stamped.size(); i++) {
            repeats.failed(stamped.get(i).publish(), batch.messages().get(i));
            stamped.get(i).tickets().forEach(ticket -> effects.add(new Effect.Refuse(ticket, refusal)));
        }
        syncs.forEach(sync -> effects.add(new Effect.Refuse(sync.ticket(), refusal)));
    }

    /** It is committed: answers whoever waits for its messages. */
    void answer(List<Place> places, Repeats repeats, List<Effect> effects) {
        for (int i = 0; i < stamped.size(); i++) {
            Place place = places.get(i);
            Published published = new Published(batch.messages().get(i), place.partition(), place.offset());
            repeats.committed(stamped.get(i).publish(), published);
            stamped.get(i).tickets().forEach(ticket -> effects.add(new Effect.Answer(ticket, published)));
        }
    }

    /** Stamps requests into a batch, each message once. */
    static final class Stamping {
        private final Batch batch;
        private final Repeats repeats;
        private final List<Effect> effects;
        private final List<Stamped> stamped = new ArrayList<>();
        private final Map<String, Stamped> byRepeatKey = new HashMap<>();

        Stamping(Batch batch, Repeats repeats, List<Effect> effects) {
            this.batch = batch;
            this.repeats = repeats;
            this.effects = effects;
        }

        void take(Publish publish) {
            Optional<Repeats.Verdict> verdict = repeats.verdict(publish);
            if (verdict.isPresent()) {
                verdict.get().answer().ifPresent(answer -> effects.add(new Effect.Answer(publish.ticket(), answer)));
                verdict.get().refusal().ifPresent(refusal -> refuse(publish, refusal));
                return;
            }
            Stamped first = publish.repeatKey().map(byRepeatKey::get).orElse(null);
            if (first != null && isSame(first.publish(), publish)) {
                first.tickets().add(publish.ticket());
            } else if (first != null) {
                refuse(publish, Refusals.keyReused(publish.repeatKey().orElseThrow()));
            } else if (!batch.canPublish()) {
                refuse(publish, Refusals.exhausted(batch.state().counter()));
            } else {
                batch.publish(publish);
                Stamped taken = new Stamped(publish, new ArrayList<>(List.of(publish.ticket())));
                stamped.add(taken);
                publish.repeatKey().ifPresent(repeatKey -> byRepeatKey.put(repeatKey, taken));
            }
        }

        List<Stamped> stamped() {
            return stamped;
        }

        private void refuse(Publish publish, RefusedException refusal) {
            effects.add(new Effect.Refuse(publish.ticket(), refusal));
        }

        private static boolean isSame(Publish first, Publish repeat) {
            return first.key().equals(repeat.key()) && first.payload().equals(repeat.payload());
        }
    }
}
