package io.antichain.cli.faults;

import java.util.List;
import java.util.stream.Stream;

/**
 * How an instance of a service works.
 *
 * @param name the instance's name, which is its process
 * @param group the consumer group that it shares with the service's other instances
 * @param from the topics it reads; none for one that only writes
 * @param to the topic it writes
 * @param isTransactional whether it writes, and commits offsets, in transactions
 * @param isCooperative whether partitions that it keeps stay assigned through a rebalance
 */
record ServicePlan(
        String name, String group, List<String> from, String to, boolean isTransactional, boolean isCooperative) {
    /** How the library is in the service. */
    enum Level {
        WRAPPED,
        INTERCEPTORS
    }

    /** One for itself. */
    static final ServicePlan PATTERN =
            new ServicePlan("pattern-1", "pattern", List.of("pattern"), "pattern", true, true);

    /** Three services and an import: half of the instances are transactional, and none has one producer alone. */
    static List<ServicePlan> all() {
        return List.of(
                new ServicePlan("orders-1", "orders", List.of("stock"), "orders", true, false),
                new ServicePlan("orders-2", "orders", List.of("stock"), "orders", true, false),
                new ServicePlan("stock-1", "stock", List.of("orders"), "stock", false, true),
                new ServicePlan("stock-2", "stock", List.of("orders"), "stock", false, true),
                new ServicePlan("billing-1", "billing", List.of("orders", "stock"), "orders", true, true),
                new ServicePlan("import-1", "import", List.of(), "stock", false, false));
    }

    static ServicePlan named(String name) {
        return Stream.concat(all().stream(), Stream.of(PATTERN))
                .filter(plan -> plan.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such instance is planned: name=" + name));
    }
}
