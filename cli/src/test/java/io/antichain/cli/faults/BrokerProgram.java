package io.antichain.cli.faults;

import io.antichain.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The broker as a program: {@code BrokerProgram FOLDER PORT ADVERTISED_PORT}. */
final class BrokerProgram {
    private BrokerProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        EmbeddedBroker broker = EmbeddedBroker.startBehind(
                Integer.parseInt(arguments[2]), Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        Runtime.getRuntime().addShutdownHook(new Thread(broker::close));
        System.out.println("up");
        new CountDownLatch(1).await();
    }
}
