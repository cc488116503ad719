package io.antichain.example.shop;

import io.antichain.example.stock.Warehouse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A warehouse that can be told to answer nobody until two have asked: then both were at work at the same time. */
final class BusyWarehouse implements Warehouse {
    private volatile boolean isOpen = true;
    private volatile CountDownLatch unasked = new CountDownLatch(0);

    void answerOnceTwoHaveAsked() {
        unasked = new CountDownLatch(2);
    }

    void close() {
        isOpen = false;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void fetch(String item) {
        unasked.countDown();
        try {
            if (!unasked.await(Shop.PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(
                        "Nobody else asked for a piece: item=" + item + "; the services do not" + " share the orders");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
