package io.antichain.benchmarks.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** A {@link BareProducer} in a JVM of its own. */
final class LoadedProducer extends LoadTurns {
    private JsonNode latencyMs;

    /** Waits until it is warm. */
    LoadedProducer(LoadedJvm jvm) throws IOException {
        super(jvm);
        this.latencyMs = did().required("latencyMs");
    }

    @Override
    long work(long ms) throws IOException {
        jvm().tell("" + ms);
        JsonNode did = did();
        latencyMs = did.required("latencyMs");
        return did.required("messages").longValue();
    }

    private JsonNode did() throws IOException {
        return new ObjectMapper().readTree(jvm().line());
    }

    @Override
    JsonNode latencyMs() {
        return latencyMs;
    }
}
