/// What `deploy/` promises: the images, a rolling restart, the manifests.
@NullMarked
package footbridge.deploy;

import org.jspecify.annotations.NullMarked;
