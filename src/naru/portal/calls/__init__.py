"""The call: published, frozen, amended by version; its seed and quotas fixed before scores open."""
