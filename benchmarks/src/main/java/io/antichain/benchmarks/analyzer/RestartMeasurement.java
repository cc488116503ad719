package io.antichain.benchmarks.analyzer;

import com.fasterxml.jackson.databind.JsonNode;
import io.antichain.benchmarks.Measurement;

/** How long no conflict record comes when the default analyzer, whose window is full, is started again. */
public final class RestartMeasurement implements Measurement {
    private static final long EVENTS = 600_000;

    @Override
    public JsonNode run() throws Exception {
        try (Bench bench = new Bench()) {
            return new Restarts(bench, EVENTS).measure();
        }
    }
}
