package io.antichain.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.HostPort;

/**
 * Refuses a request before its body is read and any route is looked for:
 *
 * <ol>
 *   <li>403 under a name that is not the server's: a page of another site, whose name was made to lead here, would read all
 *       that is answered (DNS rebinding).
 *   <li>403 from a page of another origin, which could publish and pause though it reads no answer (cross-site request).
 *   <li>401 without the token, where there is one. {@code /health} needs none: orchestrators ask it.
 *   <li>413 for a body that says itself that it is too long.
 *   <li>415 for a body that is not JSON, which a page of another origin could send without being asked first.
 * </ol>
 */
final class RequestGuard extends Handler.Wrapper {
    private static final Set<String> OPEN_PATHS = Set.of("/health/live", "/health/ready");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+|\\[[0-9a-f:.%]+\\]");
    private static final Pattern JSON_TYPE =
            Pattern.compile("application/json(\\s*;.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final int SHOWN = 100;

    private final ServerSettings settings;
    private final Optional<byte[]> token;

    RequestGuard(ServerSettings settings) {
        this.settings = settings;
        this.token = settings.access().token().map(RequestGuard::bytes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<Problem> refusal = refusal(request);
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        Problems.refuse(refusal.get(), request, response, callback);
        return true;
    }

    private Optional<Problem> refusal(Request request) {
        String host = String.valueOf(request.getHeaders().get(HttpHeader.HOST));
        if (!isOwn(host)) {
            return Optional.of(forbidden("The server is not known by this name: host=" + shown(host)
                    + "; call it by its address, or start it with the name in --allowed-hosts"));
        }
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(host)) {
            return Optional.of(forbidden("The request comes from a page of another origin: origin=" + shown(origin)
                    + "; send it from a program, or from a page of this server"));
        }
        if (token.isPresent() && !OPEN_PATHS.contains(request.getHttpURI().getPath()) && !carriesToken(request)) {
            return Optional.of(Problem.unauthorized("The request does not carry the token: path="
                    + shown(request.getHttpURI().getPath())
                    + "; send it as Authorization: Bearer TOKEN, or as the password of any user"));
        }
        return READING.contains(request.getMethod()) ? Optional.empty() : refusalOfBody(request);
    }

    private Optional<Problem> refusalOfBody(Request request) {
        if (request.getLength() > settings.maxBodyBytes()) {
            return Optional.of(Problem.tooLarge(settings.maxBodyBytes()));
        }
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        boolean hasBody = request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (type == null ? hasBody : !JSON_TYPE.matcher(type).matches()) {
            return Optional.of(Problem.of(
                    415,
                    "Unsupported media type",
                    "The body is not sent as JSON: Content-Type=" + shown(String.valueOf(type))
                            + "; send Content-Type: application/json"));
        }
        return Optional.empty();
    }

    private boolean isOwn(String hostAndPort) {
        String name;
        try {
            name = withoutRoot(new HostPort(hostAndPort).getHost().toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return false;
        }
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || NUMERIC.matcher(name).matches()
                || name.equalsIgnoreCase(settings.host())
                || settings.access().hosts().contains(name);
    }

    /** A full name may end with a dot, and is the same without. */
    private static String withoutRoot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private boolean carriesToken(Request request) {
        HttpField given = request.getHeaders().getField(HttpHeader.AUTHORIZATION);
        String[] parts = given == null ? new String[0] : given.getValue().split(" +", 2);
        if (parts.length < 2) {
            return false;
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> isToken(bytes(parts[1].strip()));
            case "basic" -> isToken(bytes(password(parts[1].strip())));
            default -> false;
        };
    }

    private static String password(String encoded) {
        try {
            String userAndPassword = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return userAndPassword.substring(userAndPassword.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** In a time that does not tell how much of it was right. */
    private boolean isToken(byte[] given) {
        return MessageDigest.isEqual(given, token.orElseThrow());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Problem forbidden(String detail) {
        return Problem.of(403, "Forbidden", detail);
    }

    private static String shown(String value) {
        return value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value;
    }
}
