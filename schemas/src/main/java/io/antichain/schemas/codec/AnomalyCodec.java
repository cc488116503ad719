package io.antichain.schemas.codec;

import io.antichain.schemas.Anomaly;
import io.antichain.wire.AnomalyKind;
import java.util.Optional;
import java.util.TreeMap;

/** {@link Anomaly} and its wire form. The kinds have the same names on both sides, but for those that are not written any more. */
final class AnomalyCodec {
    private AnomalyCodec() {}

    static io.antichain.wire.Anomaly toWire(Anomaly anomaly) {
        return new io.antichain.wire.Anomaly(
                anomaly.kind() == Anomaly.Kind.OBSOLETE
                        ? AnomalyKind.UNKNOWN
                        : AnomalyKind.valueOf(anomaly.kind().name()),
                anomaly.event().map(EventRefCodec::toWire).orElse(null),
                anomaly.sentence(),
                new TreeMap<>(anomaly.evidence()));
    }

    static Anomaly fromWire(io.antichain.wire.Anomaly anomaly) {
        if (anomaly.getKind() == AnomalyKind.UNKNOWN) {
            throw Fields.unknownSymbol("kind");
        }
        return new Anomaly(
                kind(anomaly.getKind()),
                Optional.ofNullable(anomaly.getEvent()).map(EventRefCodec::fromWire),
                anomaly.getSentence(),
                anomaly.getEvidence());
    }

    private static Anomaly.Kind kind(AnomalyKind kind) {
        return switch (kind) {
            case COUNTER_REGRESSED, PROCESS_SILENT, PROCESS_RETURNED -> Anomaly.Kind.OBSOLETE;
            default -> Anomaly.Kind.valueOf(kind.name());
        };
    }
}
