package io.antichain.analyzer.decode;

import io.antichain.schemas.codec.DecodingException.Failure;
import java.time.Duration;

/** How long the decoder waits for the schema registry, and how. Real time in a program, a counter in a test. */
public interface Patience {
    /** Milliseconds that only rise. */
    long nowMs();

    /** Waits, or notes that it would. */
    void await(Failure failure, Duration step);

    /** Called when something could be decoded, or was found undecodable: the wait is over. */
    void registryAnswered();

    /**
     * After this long without an answer the stream thread starts afresh, ms.
     *
     * @param hurried whether a transaction is open
     */
    long limitMs(boolean hurried);

    /** For this long an unknown schema id is doubted rather than the bytes, ms. */
    long unknownIdGraceMs();
}
