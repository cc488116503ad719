package io.antichain.schemas.codec;

import io.antichain.schemas.Anomaly;
import io.antichain.wire.AnomalyKind;
import java.util.Optional;
import java.util.TreeMap;

/** {@link Anomaly} and its wire form. The kinds have the same names on both sides, but for UNKNOWN. */
final class AnomalyCodec {
    private AnomalyCodec() {}

    static io.antichain.wire.Anomaly toWire(Anomaly anomaly) {
        return new io.antichain.wire.Anomaly(
                AnomalyKind.valueOf(anomaly.kind().name()),
                anomaly.event().map(EventRefCodec::toWire).orElse(null),
                anomaly.sentence(),
                new TreeMap<>(anomaly.evidence()));
    }

    static Anomaly fromWire(io.antichain.wire.Anomaly anomaly) {
        if (anomaly.getKind() == AnomalyKind.UNKNOWN) {
            throw Fields.unknownSymbol("kind");
        }
        return new Anomaly(
                Anomaly.Kind.valueOf(anomaly.getKind().name()),
                Optional.ofNullable(anomaly.getEvent()).map(EventRefCodec::fromWire),
                anomaly.getSentence(),
                anomaly.getEvidence());
    }
}
