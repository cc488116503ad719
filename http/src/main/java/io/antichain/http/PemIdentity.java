package io.antichain.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate with its private key, from PEM files as openssl, certbot and cert-manager write them.
 *
 * @param keyStore both, under one entry without a password
 */
public record PemIdentity(KeyStore keyStore) {
    private static final Pattern KEY = Pattern.compile("(?s)-----BEGIN PRIVATE KEY-----(.+?)-----END PRIVATE KEY-----");
    static final char[] NO_PASSWORD = {};

    /**
     * Reads one.
     *
     * @param certificate the certificate, and behind it those that lead to its authority
     * @param key its private key in PKCS #8, not encrypted
     * @throws PemFileException if a file cannot be read or does not hold what it has to
     */
    public static PemIdentity read(Path certificate, Path key) {
        Certificate[] chain = certificates(certificate).toArray(new Certificate[0]);
        try {
            KeyStore store = empty();
            store.setKeyEntry("server", privateKey(key, chain[0].getPublicKey().getAlgorithm()), NO_PASSWORD, chain);
            return new PemIdentity(store);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new PemFileException(
                    "The key does not belong to the certificate, or cannot be read: key=" + key + ", certificate="
                            + certificate + ", reason=" + e.getMessage()
                            + "; name the key that the certificate was made for",
                    e);
        }
    }

    /**
     * A context that trusts the servers that these authorities vouch for, and no others.
     *
     * @param authorities one certificate or more
     * @throws PemFileException if the file cannot be read or holds no certificate
     */
    public static SSLContext trusting(Path authorities) {
        try {
            KeyStore store = empty();
            for (Certificate authority : certificates(authorities)) {
                store.setCertificateEntry("authority-" + store.size(), authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw noCertificate(authorities, e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file) {
        try (InputStream in = new BufferedInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw noCertificate(file, null);
            }
            return certificates;
        } catch (GeneralSecurityException | IOException e) {
            throw noCertificate(file, e);
        }
    }

    private static PemFileException noCertificate(Path file, Exception cause) {
        return new PemFileException(
                "The file holds no certificate in PEM that can be read: file=" + file + ", reason="
                        + (cause == null ? "empty" : cause.getClass().getSimpleName() + ": " + cause.getMessage())
                        + "; name another",
                cause);
    }

    private static PrivateKey privateKey(Path file, String algorithm) throws GeneralSecurityException, IOException {
        Matcher found = KEY.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!found.find()) {
            throw new PemFileException(
                    "The file holds no private key in PKCS #8 without a password: file=" + file
                            + "; make one of it with: openssl pkcs8 -topk8 -nocrypt",
                    null);
        }
        byte[] bytes = Base64.getMimeDecoder().decode(found.group(1));
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }
}
