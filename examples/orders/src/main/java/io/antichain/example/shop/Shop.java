package io.antichain.example.shop;

import io.antichain.example.messages.Level;
import io.antichain.example.orders.Orders;
import io.antichain.example.orders.OrdersApplication;
import io.antichain.example.orders.StampedOrders;
import io.antichain.example.stock.StampedStock;
import io.antichain.example.stock.Stock;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * The orders service, two instances of the stock service, and two customers. They run in one JVM here and share nothing but
 * Kafka.
 */
public final class Shop implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String ANNA = "anna";
    private static final String BOB = "bob"; // whose orders are in the other partition
    private static final int ONE_AFTER_THE_OTHER = 18;

    private final BusyWarehouse warehouse = new BusyWarehouse();
    private final List<Thread> stocks = new ArrayList<>();
    private final AnnotationConfigApplicationContext spring = new AnnotationConfigApplicationContext();

    private Shop(String bootstrapServers, boolean isStamped) {
        for (String instance : List.of("stock-1", "stock-2")) {
            Runnable stock = isStamped
                    ? () -> StampedStock.run(instance, bootstrapServers, warehouse)
                    : () -> Stock.run(instance, bootstrapServers, warehouse);
            Thread thread = new Thread(stock, instance);
            thread.start();
            stocks.add(thread);
        }
        spring.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("shop", Map.of("bootstrap.servers", bootstrapServers)));
        spring.register(OrdersApplication.class);
        if (isStamped) {
            spring.register(StampedOrders.class);
        }
        spring.refresh();
    }

    /** Sells an item: {@code BOOTSTRAP_SERVERS ITEM}, and {@code stamped} for services with the library. */
    public static void main(String[] arguments) throws Exception {
        sell(arguments[0], arguments[1], List.of(arguments).contains("stamped"), System.out);
    }

    /**
     * Sells 20 pieces of an item: 18 one after the other, and two at once, whose updates of the level meet.
     *
     * @param item one that was not sold before
     */
    static void sell(String bootstrapServers, String item, boolean isStamped, PrintStream out) throws Exception {
        ShopTopics topics = new ShopTopics(bootstrapServers);
        topics.create();
        try (Shop shop = new Shop(bootstrapServers, isStamped)) {
            topics.awaitSharedOrders();
            shop.sell(item, out);
        }
    }

    private void sell(String item, PrintStream out) throws Exception {
        Orders orders = spring.getBean(Orders.class);
        int left = 0;
        for (int i = 0; i < ONE_AFTER_THE_OTHER; i++) {
            left = served(orders.place(i % 2 == 0 ? ANNA : BOB, item)).left();
        }
        out.println(ONE_AFTER_THE_OTHER + " pieces sold, one after the other: " + item + "=" + left);
        warehouse.answerOnceTwoHaveAsked();
        CompletableFuture<Level> ofAnna = orders.place(ANNA, item);
        CompletableFuture<Level> ofBob = orders.place(BOB, item);
        for (Level level : List.of(served(ofAnna), served(ofBob))) {
            out.println(level.by() + " sold one more at the same time: " + item + "=" + level.left());
        }
    }

    private static Level served(CompletableFuture<Level> order) throws Exception {
        return order.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
    }

    @Override
    public void close() throws InterruptedException {
        spring.close();
        warehouse.close();
        for (Thread stock : stocks) {
            stock.join();
        }
    }
}
