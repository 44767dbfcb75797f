"""naru: runs a government NPU compute programme from the call to next year's restrictions."""
