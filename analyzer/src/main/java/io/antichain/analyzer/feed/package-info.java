/** What the reader is told: each topic read from far enough back, in step. */
package io.antichain.analyzer.feed;
