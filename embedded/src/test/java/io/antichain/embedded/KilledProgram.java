package io.antichain.embedded;

import java.nio.file.Path;

/** A program that runs a broker and a registry until somebody kills it. It prints their addresses, one a line. */
final class KilledProgram {

    private KilledProgram() {}

    public static void main(String[] folder) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(folder[0], "broker"), 0);
        EmbeddedRegistry registry = EmbeddedRegistry.start(Path.of(folder[0], "registry"), 0);
        System.out.println(broker.bootstrapServers());
        System.out.println(registry.url());
        Thread.currentThread().join();
    }
}
