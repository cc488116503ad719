package io.antichain.benchmarks.clocks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.cluster.VectorClock;
import org.apache.pekko.cluster.protobuf.msg.ClusterMessages;
import org.apache.pekko.protobufv3.internal.InvalidProtocolBufferException;

/**
 * What Pekko makes of a clock on the wire: a gossip message that holds the nodes' hashes, and a clock that names them by their
 * index. Its serializer does this in private methods; here the same is done with its messages, which are public.
 */
final class PekkoBytes {
    private PekkoBytes() {}

    static byte[] encoded(VectorClock clock) {
        Map<String, Integer> indexes = new HashMap<>();
        var gossip =
                ClusterMessages.Gossip.newBuilder().setOverview(ClusterMessages.GossipOverview.getDefaultInstance());
        var version = ClusterMessages.VectorClock.newBuilder().setTimestamp(0);
        var nodes = clock.versions().keysIterator();
        while (nodes.hasNext()) {
            String node = nodes.next();
            indexes.put(node, indexes.size());
            gossip.addAllHashes(node);
        }
        var entries = clock.versions().iterator();
        while (entries.hasNext()) {
            var entry = entries.next();
            version.addVersions(ClusterMessages.VectorClock.Version.newBuilder()
                    .setHashIndex(indexes.get(entry._1()))
                    .setTimestamp((Long) entry._2()));
        }
        return gossip.setVersion(version).build().toByteArray();
    }

    static VectorClock decoded(byte[] bytes) throws InvalidProtocolBufferException {
        ClusterMessages.Gossip gossip = ClusterMessages.Gossip.parseFrom(bytes);
        List<String> nodes = gossip.getAllHashesList();
        var versions = VectorClock.apply$default$1();
        for (ClusterMessages.VectorClock.Version version : gossip.getVersion().getVersionsList()) {
            versions = versions.updated(nodes.get(version.getHashIndex()), version.getTimestamp());
        }
        return VectorClock.apply(versions);
    }
}
