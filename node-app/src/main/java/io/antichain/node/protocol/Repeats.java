package io.antichain.node.protocol;

import io.antichain.clocks.Dot;
import io.antichain.node.request.Published;
import io.antichain.node.request.Refusals;
import io.antichain.node.request.RefusedException;
import io.antichain.node.state.Footprint;
import io.antichain.node.state.NodeState;
import io.antichain.schemas.Event;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Recognises repeated requests by the key that both carry, so that a repeat is answered as the first was and publishes
 * nothing. It knows the latest keys of this life alone: so many, and so many bytes, since clocks are as wide as they are. Where a transaction's outcome is unknown, the log tells: a message
 * that recovery shows not to be committed is forgotten, one that is read back from the log was.
 */
final class Repeats {
    /** Exactly one of the two is there. */
    private record Seen(String fingerprint, Optional<Published> committed, Optional<Event> open) {}

    /** What is known of a repeat: its answer, or why there is none. */
    record Verdict(Optional<Published> answer, Optional<RefusedException> refusal) {}

    static final long MOST_BYTES = 16 * 1024 * 1024;

    private final int maxKeys;
    private final Map<String, Seen> seen = new LinkedHashMap<>();
    private final Map<Dot, String> open = new HashMap<>();
    private long bytes;

    Repeats(int maxKeys) {
        this.maxKeys = maxKeys;
    }

    /** About how much memory it takes. */
    long bytes() {
        return bytes;
    }

    private void remember(String repeatKey, Seen latest) {
        forget(repeatKey);
        seen.put(repeatKey, latest);
        bytes += bytes(repeatKey, latest);
        while (seen.size() > maxKeys || (bytes > MOST_BYTES && seen.size() > 1)) {
            forget(seen.keySet().iterator().next());
        }
    }

    private Seen forget(String repeatKey) {
        Seen forgotten = seen.remove(repeatKey);
        if (forgotten != null) {
            bytes -= bytes(repeatKey, forgotten);
            forgotten.open().map(Event::dot).ifPresent(dot -> open.remove(dot, repeatKey));
        }
        return forgotten;
    }

    private static long bytes(String repeatKey, Seen seen) {
        Event event = seen.committed().map(Published::event).or(seen::open).orElseThrow();
        return Footprint.bytes(event) + Footprint.bytes(Optional.of(repeatKey), seen.fingerprint());
    }

    /** What is known of the request that {@code publish} repeats; empty if it is the first. */
    Optional<Verdict> verdict(Publish publish) {
        Seen first = publish.repeatKey().map(seen::get).orElse(null);
        if (first == null) {
            return Optional.empty();
        }
        String repeatKey = publish.repeatKey().orElseThrow();
        if (!first.fingerprint().equals(fingerprint(publish.key(), publish.payload()))) {
            return Optional.of(new Verdict(Optional.empty(), Optional.of(Refusals.keyReused(repeatKey))));
        }
        return Optional.of(
                first.committed().isPresent()
                        ? new Verdict(first.committed(), Optional.empty())
                        : new Verdict(Optional.empty(), Optional.of(Refusals.outcomeOpen(repeatKey))));
    }

    void committed(Publish publish, Published published) {
        publish.repeatKey()
                .ifPresent(repeatKey -> remember(
                        repeatKey,
                        new Seen(
                                fingerprint(publish.key(), publish.payload()),
                                Optional.of(bare(published)),
                                Optional.empty())));
    }

    /** The transaction with this message failed: it may have been committed all the same. */
    void failed(Publish publish, Event message) {
        publish.repeatKey().ifPresent(repeatKey -> {
            remember(
                    repeatKey,
                    new Seen(
                            fingerprint(publish.key(), publish.payload()),
                            Optional.empty(),
                            Optional.of(bare(message))));
            open.put(message.dot(), repeatKey);
        });
    }

    /** The log was read back: what it does not count was not committed. */
    void recovered(NodeState state) {
        Map.copyOf(open).forEach((dot, repeatKey) -> {
            boolean counted = state.clock().includes(dot) && state.process().equals(dot.process());
            if (!counted) {
                forget(repeatKey);
            }
        });
    }

    /** A message was read from the log: if it is one whose outcome was open, it was committed. */
    void delivered(Event event, Place place) {
        if (open.isEmpty() || !open.containsKey(event.dot())) {
            return;
        }
        String repeatKey = open.get(event.dot());
        Seen first = forget(repeatKey);
        if (first != null
                && first.open().equals(Optional.of(bare(event)))
                && first.fingerprint().equals(fingerprint(event.key(), event.payload()))) {
            Published published = new Published(bare(event), place.partition(), place.offset());
            remember(repeatKey, new Seen(first.fingerprint(), Optional.of(published), Optional.empty()));
        }
    }

    private static Published bare(Published published) {
        return new Published(bare(published.event()), published.partition(), published.offset());
    }

    /** Without what the fingerprint stands for, which may be long. */
    private static Event bare(Event event) {
        return new Event(
                event.process(),
                event.counter(),
                event.clock(),
                event.lamport(),
                Optional.empty(),
                "",
                event.publishedAtMs(),
                event.kind());
    }

    private static String fingerprint(Optional<String> key, String payload) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            update(digest, key.map(given -> given.length() + ":" + given).orElse("none"));
            update(digest, payload);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = new byte[2 * text.length()];
        for (int i = 0; i < text.length(); i++) {
            bytes[2 * i] = (byte) (text.charAt(i) >> 8);
            bytes[2 * i + 1] = (byte) text.charAt(i);
        }
        digest.update(bytes);
    }
}
