package io.antichain.analyzer.logfile;

import io.antichain.clocks.ProcessId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The processes that the hosts of log files name. A written form, {@code node-1~2} among them, is read as such. Elsewhere a
 * character that no process name may hold stands as its UTF-8 bytes in {@code %XX}: {@code 10.0.0.1:8080} becomes
 * {@code 10.0.0.1%3A8080}. What has no such character is never changed, so reading an export again changes nothing.
 */
public final class ProcessNames {
    private final Map<String, ProcessId> byHost = new HashMap<>();
    private final Map<ProcessId, String> hosts = new HashMap<>();

    /**
     * @throws UnreadableLogException if two hosts would become one process
     */
    ProcessId process(String host) throws NotAnEventException {
        ProcessId known = byHost.get(host);
        if (known != null) {
            return known;
        }
        ProcessId process;
        try {
            process = of(host);
        } catch (IllegalArgumentException tooLongOrEmpty) {
            throw new NotAnEventException(SkipReason.BAD_PROCESS);
        }
        put(host, process);
        return process;
    }

    private void put(String host, ProcessId process) {
        String other = hosts.putIfAbsent(process, host);
        if (other != null && !other.equals(host)) {
            throw new UnreadableLogException("Two hosts would be one process: host=" + host + ", host=" + other
                    + ", both are written " + process + "; rename one of them in the file");
        }
        byHost.put(host, process);
    }

    /** Whether a word ends with a host that was found. */
    boolean endsWithHost(String word) {
        return byHost.keySet().stream().anyMatch(word::endsWith);
    }

    /**
     * Takes the hosts of another file.
     *
     * @throws UnreadableLogException if two hosts would become one process
     */
    void include(ProcessNames others) {
        others.byHost.forEach(this::put);
    }

    /**
     * The process that a host names.
     *
     * @throws IllegalArgumentException if the host is empty or too long
     */
    public static ProcessId of(String host) {
        try {
            return ProcessId.parse(host);
        } catch (IllegalArgumentException notAWrittenForm) {
            StringBuilder name = new StringBuilder();
            host.codePoints().forEach(character -> append(name, character));
            return ProcessId.of(name.toString());
        }
    }

    private static void append(StringBuilder name, int character) {
        String written = Character.toString(character);
        if (isPermitted(written)) {
            name.append(written);
        } else {
            for (byte octet : written.getBytes(StandardCharsets.UTF_8)) {
                name.append(String.format("%%%02X", octet));
            }
        }
    }

    private static boolean isPermitted(String character) {
        try {
            return ProcessId.of(character).name().equals(character);
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
