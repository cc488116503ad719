package io.antichain.stamping.clock;

import io.antichain.clocks.BinaryForm;
import io.antichain.clocks.LamportTimestamp;
import io.antichain.clocks.ProcessId;
import io.antichain.clocks.Varints;
import io.antichain.clocks.VectorClock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Knowledge as the metadata of a committed offset: {@code antichain1:}, then the base64 text of these numbers as varints, and
 * bytes: the Lamport timestamp; the hour, since 1970 UTC, at which it was written; the number of entries; for each, how many hours
 * before it was raised last; the clock in the binary form of {@code clocks}.
 */
public final class KnowledgeText {
    /** The longest text that a broker takes unless told otherwise ({@code offset.metadata.max.bytes}): 4,096 characters. */
    public static final int MAX_LENGTH = 4_096;

    private static final String PREFIX = "antichain1:";
    private static final long HOUR_MS = 3_600_000;

    private KnowledgeText() {}

    /** Whether {@code metadata} is of this form, as told by how it begins: else it is the application's own. */
    public static boolean isOurs(String metadata) {
        return metadata.startsWith(PREFIX);
    }

    /** The text; empty if it is longer than {@link #MAX_LENGTH}. */
    public static Optional<String> write(Knowledge knowledge, long nowMs) {
        if (knowledge.clock().size() > BinaryForm.MAX_ENTRIES) {
            return Optional.empty();
        }
        byte[] clock = BinaryForm.encode(knowledge.clock());
        byte[] bytes = new byte[(3 + knowledge.clock().size()) * Varints.MOST_BYTES + clock.length];
        int[] at = {Varints.put(bytes, 0, knowledge.lamport().value())};
        at[0] = Varints.put(bytes, at[0], nowMs / HOUR_MS);
        at[0] = Varints.put(bytes, at[0], knowledge.clock().size());
        knowledge.clock().forEach((process, entry) -> {
            long ageMs = nowMs - knowledge.raisedAtMs().getOrDefault(process, nowMs);
            at[0] = Varints.put(bytes, at[0], Math.max(0, ageMs) / HOUR_MS);
        });
        System.arraycopy(clock, 0, bytes, at[0], clock.length);
        byte[] whole = Arrays.copyOf(bytes, at[0] + clock.length);
        String text = PREFIX + Base64.getEncoder().withoutPadding().encodeToString(whole);
        return text.length() > MAX_LENGTH ? Optional.empty() : Optional.of(text);
    }

    /** What {@link #write} wrote; empty for anything else, whatever it is. */
    public static Optional<Knowledge> read(String metadata) {
        if (!isOurs(metadata)) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(Base64.getDecoder().decode(metadata.substring(PREFIX.length()))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Knowledge decode(byte[] bytes) {
        LamportTimestamp lamport = new LamportTimestamp(Varints.get(bytes, 0));
        int at = Varints.after(bytes, 0);
        long hour = Varints.get(bytes, at);
        at = Varints.after(bytes, at);
        int size = (int) Varints.get(bytes, at);
        at = Varints.after(bytes, at);
        if (size < 0 || size > BinaryForm.MAX_ENTRIES || hour < 0 || hour > Long.MAX_VALUE / HOUR_MS) {
            throw new IllegalArgumentException(
                    "These bytes are no knowledge: entries=" + size + ", hour=" + hour + "; somebody else wrote them");
        }
        long[] ages = new long[size];
        for (int i = 0; i < size; i++) {
            ages[i] = Varints.get(bytes, at);
            at = Varints.after(bytes, at);
        }
        VectorClock clock = BinaryForm.decodeClock(Arrays.copyOfRange(bytes, at, bytes.length));
        Map<ProcessId, Long> raisedAtMs = new HashMap<>();
        clock.forEach(
                (process, entry) -> raisedAtMs.put(process, Math.max(0, hour - ages[raisedAtMs.size()]) * HOUR_MS));
        return new Knowledge(clock, lamport, raisedAtMs);
    }
}
