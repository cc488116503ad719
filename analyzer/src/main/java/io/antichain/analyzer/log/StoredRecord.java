package io.antichain.analyzer.log;

import java.util.List;
import java.util.Optional;

/**
 * A record as it stands in its topic, but for its value. Bytes are written as {@link io.antichain.schemas.codec.KeyText} does.
 *
 * @param timestampMs the log's time of it, ms since 1970 UTC
 * @param key empty where it has none
 * @param headers in their order
 */
public record StoredRecord(long timestampMs, Optional<String> key, List<Header> headers) {
    /** @param value empty where it has none */
    public record Header(String name, Optional<String> value) {}
}
