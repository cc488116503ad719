package io.antichain.schemas.codec;

import io.antichain.schemas.Anomaly;
import io.antichain.schemas.ClockCheckpoint;
import io.antichain.schemas.Conflict;
import io.antichain.schemas.Event;

/**
 * Translates between wire records and values. A wire record that is no value is refused.
 *
 * <ol>
 *   <li>{@code fromWire(toWire(value))} equals {@code value}.
 *   <li>Equal values give equal bytes: maps are written in the order of their keys.
 *   <li>{@code fromWire} throws nothing but {@link io.antichain.schemas.codec.DecodingException} with INVALID_VALUE, for a
 *       record as a deserializer gives it (fields that are not nullable are not null).
 * </ol>
 *
 * <p>Whether a clock is believable is not asked here but by {@link io.antichain.schemas.Gateway}.
 */
public final class WireCodec {
    static {
        AvroTrust.grant();
    }

    private WireCodec() {}

    /** The event's wire form. */
    public static io.antichain.wire.Event toWire(Event event) {
        return EventCodec.toWire(event);
    }

    /**
     * The event that {@code event} describes.
     *
     * @throws io.antichain.schemas.codec.DecodingException INVALID_VALUE if a process, counter, clock entry or kind is
     *     outside the range that the schema documents
     */
    public static Event fromWire(io.antichain.wire.Event event) {
        return Fields.checked("Event", event, EventCodec::fromWire);
    }

    /** The checkpoint's wire form. */
    public static io.antichain.wire.ClockCheckpoint toWire(ClockCheckpoint checkpoint) {
        return ClockCheckpointCodec.toWire(checkpoint);
    }

    /**
     * The checkpoint that {@code checkpoint} describes.
     *
     * @throws io.antichain.schemas.codec.DecodingException INVALID_VALUE if a process, clock entry, partition or offset
     *     is outside the range that the schema documents
     */
    public static ClockCheckpoint fromWire(io.antichain.wire.ClockCheckpoint checkpoint) {
        return Fields.checked("ClockCheckpoint", checkpoint, ClockCheckpointCodec::fromWire);
    }

    /** The conflict's wire form. */
    public static io.antichain.wire.Conflict toWire(Conflict conflict) {
        return ConflictCodec.toWire(conflict);
    }

    /**
     * The conflict that {@code conflict} describes.
     *
     * @throws io.antichain.schemas.codec.DecodingException INVALID_VALUE if a field is outside the range that the schema
     *     documents, or if id, status or pairs contradict the fields they are made from
     */
    public static Conflict fromWire(io.antichain.wire.Conflict conflict) {
        return Fields.checked("Conflict", conflict, ConflictCodec::fromWire);
    }

    /** The anomaly's wire form. */
    public static io.antichain.wire.Anomaly toWire(Anomaly anomaly) {
        return AnomalyCodec.toWire(anomaly);
    }

    /**
     * The anomaly that {@code anomaly} describes.
     *
     * @throws io.antichain.schemas.codec.DecodingException INVALID_VALUE if its kind is unknown or its event is none
     */
    public static Anomaly fromWire(io.antichain.wire.Anomaly anomaly) {
        return Fields.checked("Anomaly", anomaly, AnomalyCodec::fromWire);
    }
}
