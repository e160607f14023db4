/// What the processor has been found to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Processor(pub(crate) Instructions);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Instructions {
    /// What every processor of its kind has.
    Plain,
    /// AVX2 with fused products and sums (FMA).
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with the products of bytes (VNNI).
    #[cfg(target_arch = "x86_64")]
    Avx512,
    /// The vectors that every 64-bit ARM has.
    #[cfg(target_arch = "aarch64")]
    Neon,
    /// NEON with the products of bytes.
    #[cfg(target_arch = "aarch64")]
    DotProducts,
}

impl Processor {
    /// What all functions can be called with, everywhere.
    pub const PLAIN: Self = Self(Instructions::Plain);

    /// The best that this processor has.
    pub fn detect() -> Self {
        Self::all().last().copied().unwrap_or(Self::PLAIN)
    }

    /// All that this processor has, the best last.
    pub fn all() -> Vec<Self> {
        let mut all = vec![Self::PLAIN];
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            if avx2 {
                all.push(Self(Instructions::Avx2));
            }
            if avx2
                && is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                all.push(Self(Instructions::Avx512));
            }
        }
        #[cfg(target_arch = "aarch64")]
        {
            all.push(Self(Instructions::Neon));
            if std::arch::is_aarch64_feature_detected!("dotprod") {
                all.push(Self(Instructions::DotProducts));
            }
        }
        all
    }

    /// The name of the best instructions used.
    pub fn name(self) -> &'static str {
        match self.0 {
            Instructions::Plain => "plain",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Instructions::Avx512 => "AVX-512 VNNI",
            #[cfg(target_arch = "aarch64")]
            Instructions::Neon => "NEON",
            #[cfg(target_arch = "aarch64")]
            Instructions::DotProducts => "NEON with dot products",
        }
    }
}

/// Defines a function that takes the processor first and runs `$body`, which must be `#[inline(always)]`,
/// compiled for what the processor has.
macro_rules! compiled_for_each {
    ($(#[$doc:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) = $body:path) => {
        $(#[$doc])*
        #[expect(unsafe_code, reason = "calls of functions compiled for instructions that were looked for")]
        $visible fn $name(processor: $crate::Processor, $($argument: $type),*) {
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $type),*) {
                $body($($argument),*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma,avx512f,avx512bw,avx512dq,avx512vl")]
            fn avx512($($argument: $type),*) {
                $body($($argument),*);
            }
            match processor.0 {
                $crate::processor::Instructions::Plain => $body($($argument),*),
                // The compiler uses NEON without being asked.
                #[cfg(target_arch = "aarch64")]
                $crate::processor::Instructions::Neon | $crate::processor::Instructions::DotProducts => {
                    $body($($argument),*);
                }
                // SAFETY: `Processor` is only made where these instructions were found.
                #[cfg(target_arch = "x86_64")]
                $crate::processor::Instructions::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::processor::Instructions::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}
pub(crate) use compiled_for_each;
