package io.antichain.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may ask a server, and how.
 *
 * @param hosts names that the server is called by, besides localhost, addresses in digits, and the name that it binds;
 *     without port, in lower case
 * @param token what a request has to carry; without one, everyone who reaches the port may ask
 * @param tls what the server shows for itself; without it, it speaks plain HTTP
 */
public record Access(Set<String> hosts, Optional<String> token, Optional<PemIdentity> tls) {
    /** Everyone who reaches the port may ask, over plain HTTP, by the server's address or localhost. */
    public static final Access OPEN = new Access(Set.of(), Optional.empty(), Optional.empty());

    public Access {
        hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }
}
