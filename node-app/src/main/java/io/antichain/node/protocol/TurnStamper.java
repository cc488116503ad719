package io.antichain.node.protocol;

import io.antichain.node.protocol.PendingTransaction.StampedRequest;
import io.antichain.node.request.Refusals;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.NodeState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stamps the requests of one turn, each message once. */
final class TurnStamper {
    private final long wallMs;
    private final Repeats repeats;
    private final List<Effect> effects;
    private final List<StampedRequest> stamped = new ArrayList<>();
    private final Map<String, StampedRequest> byRepeatKey = new HashMap<>();
    private NodeState state;

    TurnStamper(NodeState state, long wallMs, Repeats repeats, List<Effect> effects) {
        this.state = state;
        this.wallMs = wallMs;
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
        StampedRequest first = publish.repeatKey().map(byRepeatKey::get).orElse(null);
        if (first != null && isSame(first.publish(), publish)) {
            first.tickets().add(publish.ticket());
        } else if (first != null) {
            refuse(publish, Refusals.keyReused(publish.repeatKey().orElseThrow()));
        } else if (!state.canPublish()) {
            refuse(publish, Refusals.exhausted(state.counter()));
        } else {
            stamp(publish);
        }
    }

    private void stamp(Publish publish) {
        var next = state.publish(publish.key(), publish.payload(), wallMs);
        state = next.next();
        StampedRequest taken = new StampedRequest(publish, next.event(), new ArrayList<>(List.of(publish.ticket())));
        stamped.add(taken);
        publish.repeatKey().ifPresent(repeatKey -> byRepeatKey.put(repeatKey, taken));
    }

    /** The transaction with all that was stamped. */
    PendingTransaction pending() {
        return new PendingTransaction(PendingTransaction.Purpose.WORK, stamped, state);
    }

    private void refuse(Publish publish, RefusedException refusal) {
        effects.add(new Effect.Refuse(publish.ticket(), refusal));
    }

    private static boolean isSame(Publish first, Publish repeat) {
        return first.key().equals(repeat.key()) && first.payload().equals(repeat.payload());
    }
}
