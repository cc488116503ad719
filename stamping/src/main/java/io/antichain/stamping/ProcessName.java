package io.antichain.stamping;

import io.antichain.clocks.ProcessId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** The name of a process that was given none: the group instance's, else the service's and the host's. */
final class ProcessName {
    private ProcessName() {}

    static String by(Map<String, ?> properties) {
        String instance = text(properties, "group.instance.id");
        if (!instance.isEmpty()) {
            return permitted(instance);
        }
        for (String key : new String[] {"application.id", "group.id", "client.id"}) {
            if (!text(properties, key).isEmpty()) {
                return permitted(text(properties, key) + "-" + host());
            }
        }
        return permitted("service-" + host());
    }

    private static String text(Map<String, ?> properties, String key) {
        Object value = properties.get(key);
        return value == null ? "" : value.toString().strip();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "host";
        }
    }

    /** What a process's name may not hold becomes a hyphen. */
    static String permitted(String text) {
        String name = text.replaceAll("[^A-Za-z0-9._@/+-]", "-");
        return name.substring(0, Math.min(name.length(), ProcessId.MAX_NAME_LENGTH));
    }
}
